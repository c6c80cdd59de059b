using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Frames;

/// <summary>Columns of designs written out from the rows that they are made of, and formulas that mean the same.</summary>
public sealed class FrameByHandTests
{
    private static readonly Row[] Rows =
    [
        new("b", "m", 1, 50, 1, 4, 2, "p"), new("a", "f", 2, 61, 0, 5, 1, "p"), new("c", "f", 4, 47, 2, 2, 1, "q"),
        new("b", "f", 2, 55, 3, 3, 5, "r"), new("a", "m", 1, 70, 1, 6, 3, "q"), new("c", "m", 4, 66, 0, 1, 1, "r"),
        new("a", "f", 4, 58, 2, 4, 2, "s"), new("b", "m", 2, 49, 1, 2, 4, "s"),
        new("c", "f", 1, 39, 2, 4, 2, "p"), new("b", "f", 4, 44, 1, 2, 3, "q"), new("a", "m", 2, 52, 0, 3, 1, "r"),
        new("c", "m", 2, 73, 4, 5, 1, "s"), new("a", "f", 1, 41, 1, 3, 2, "r"), new("b", "m", 4, 68, 2, 6, 1, "p"),
        new("c", "f", 2, 60, 1, 1, 2, "s"), new("a", "m", 4, 45, 3, 4, 1, "q"),
    ];

    private static readonly string Text = "arm,sex,dose,age,y,n,w,id\n" + string.Concat(Rows.Select(row =>
        FormattableString.Invariant($"{row.Arm},{row.Sex},{row.Dose},{row.Age},{row.Y},{row.N},{row.W},{row.Id}\n")));

    public static TheoryData<string, string> SameMeaning => new()
    {
        { "arm * sex", "arm + sex + arm:sex" },
        { "arm * sex * age", "arm + sex + age + arm:sex + arm:age + sex:age + arm:sex:age" },
        { "(arm + sex + age)^2", "arm + sex + age + arm:sex + arm:age + sex:age" },
        { "arm / sex", "arm + arm:sex" },
        { "arm * sex - arm:sex", "arm + sex" },
        { "(arm + sex) * age - sex:age", "arm + sex + age + arm:age" },
        { "arm + arm + arm", "arm" },
        { "0 + arm", "-1 + arm" },
        { "arm - 1", "0 + arm" },
        { "I(age^2)", "I(age * age)" },
        { "log(age)", "I(log(age))" },
        { "I(age - 50)", "I(-50 + age)" },
        { "sqrt(age)", "I(age^0.5)" },
        { "exp(log(age))", "age" },
        { "factor(dose)", "factor(dose) + factor(dose):factor(dose)" },
    };

    [Theory]
    [MemberData(nameof(SameMeaning))]
    public void Formulas_that_mean_the_same_make_the_same_columns(string one, string other)
    {
        var (first, second) = (Design("y ~ " + one), Design("y ~ " + other));
        Assert.Equal(first.Columns, second.Columns);
        for (var column = 0; column < first.Columns; column++)
        {
            foreach (var (value, twin) in first.Column(column).ToArray().Zip(second.Column(column).ToArray()))
            {
                Assert.Equal(value, twin, 1e-9 * Math.Max(1, Math.Abs(value)));
            }
        }
    }

    [Fact]
    public void Categories_have_a_column_for_each_level_but_the_first()
    {
        var design = Design("y ~ arm");
        Assert.Equal(["(Intercept)", "armb", "armc"], design.Names);
        Assert.Equal(["(Intercept)", "arm", "arm"], design.Terms);
        Column(design, "(Intercept)", _ => 1);
        Column(design, "armb", row => row.Arm == "b" ? 1 : 0);
        Column(design, "armc", row => row.Arm == "c" ? 1 : 0);
        Assert.Equal(0, design.Intercept);
        var full = Design("y ~ 0 + arm");
        Assert.Equal(["arma", "armb", "armc"], full.Names);
        Assert.Equal(-1, full.Intercept);
        Column(full, "arma", row => row.Arm == "a" ? 1 : 0);
    }

    [Fact]
    public void Interactions_are_products_of_columns()
    {
        var design = Design("y ~ arm * sex * age");
        Assert.Equal(3 * 2 * 2, design.Columns);
        Column(design, "armb:sexm", row => row.Arm == "b" && row.Sex == "m" ? 1 : 0);
        Column(design, "armc:age", row => row.Arm == "c" ? row.Age : 0);
        Column(design, "sexm:age", row => row.Sex == "m" ? row.Age : 0);
        Column(design, "armb:sexm:age", row => row.Arm == "b" && row.Sex == "m" ? row.Age : 0);
        Assert.Equal(["arm", "sex", "age", "arm:sex", "arm:age", "sex:age", "arm:sex:age"], design.PredictorTerms);
    }

    /// <summary>Within levels of another factor, without its own effect, each level has a column.</summary>
    [Fact]
    public void A_nested_slope_has_one_column_a_level()
    {
        var design = Design("y ~ arm + arm:age");
        Assert.Equal(["(Intercept)", "armb", "armc", "arma:age", "armb:age", "armc:age"], design.Names);
        Column(design, "arma:age", row => row.Arm == "a" ? row.Age : 0);
        Column(design, "armc:age", row => row.Arm == "c" ? row.Age : 0);
    }

    [Fact]
    public void References_factors_and_orders_are_those_asked_for()
    {
        var reference = Design("y ~ arm", request => request with { References = Of("arm", "c") });
        Assert.Equal(["(Intercept)", "arma", "armb"], reference.Names);
        var factor = Design("y ~ dose", request => request with { Factors = ["dose"] });
        Assert.Equal(["(Intercept)", "dose2", "dose4"], factor.Names);
        Column(factor, "dose4", row => row.Dose == 4 ? 1 : 0);
        var order = Design("y ~ arm", request => request with
        {
            Orders = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["arm"] = ["b", "c", "a"] },
        });
        Assert.Equal(["(Intercept)", "armc", "arma"], order.Names);
        var refusal = Assert.Throws<InputException>(() => Design("y ~ arm", request => request with { References = Of("arm", "d") }));
        Assert.Contains("\"d\"", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("a, b, c", refusal.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Functions_are_computed_row_by_row()
    {
        var design = Design("y ~ log(age) + I(age / 10 - dose^2) + sqrt(dose)");
        Column(design, "log(age)", row => Math.Log(row.Age));
        Column(design, design.Names[2], row => (row.Age / 10) - (row.Dose * row.Dose));
        Column(design, "sqrt(dose)", row => Math.Sqrt(row.Dose));
    }

    [Fact]
    public void Offsets_of_formula_and_request_are_added_up()
    {
        var frame = Frame("y ~ arm + offset(log(age))", request => request with { Offset = "log(dose)" });
        foreach (var (place, offset) in frame.Offset.ToArray().Index())
        {
            var row = Rows[frame.DataRow(place) - 1];
            Assert.Equal(Math.Log(row.Age) + Math.Log(row.Dose), offset, 1e-12);
        }

        Assert.Equal(["(Intercept)", "armb", "armc"], frame.Design.Names);
    }

    [Fact]
    public void Events_trials_and_weights_go_with_their_rows()
    {
        var frame = Frame("y / n ~ 1", request => request with { Weights = "w", Cluster = "id" });
        for (var place = 0; place < frame.Rows; place++)
        {
            var row = Rows[frame.DataRow(place) - 1];
            Assert.Equal(row.Y / row.N, frame.Response[place], 1e-15);
            Assert.Equal((row.N, row.W), (frame.Trials[place], frame.Weights[place]));
            Assert.Equal(row.N * row.W, frame.WeightTimesTrials(place));
        }

        Assert.Equal(16, Enumerable.Range(0, 16).Select(frame.DataRow).Distinct().Count());
    }

    /// <summary>Each cluster's rows stand together, and its label is theirs.</summary>
    [Theory]
    [InlineData("y ~ arm", "id")]
    [InlineData("y ~ arm + (1 | id)", null)]
    [InlineData("y ~ age + (age | id)", null)]
    public void Rows_of_a_cluster_stand_together(string formula, string? cluster)
    {
        var frame = Frame(formula, request => request with { Cluster = cluster });
        Assert.Equal(4, frame.Clusters.Count);
        Assert.Equal("id", frame.Clusters.Name);
        Assert.Equal((4, 4), (frame.Clusters.MinimumSize, frame.Clusters.MaximumSize));
        Assert.Equal(4, frame.Clusters.EffectiveCount, 1e-12);
        for (var c = 0; c < 4; c++)
        {
            for (var place = frame.Clusters.Start(c); place < frame.Clusters.Start(c) + frame.Clusters.Size(c); place++)
            {
                Assert.Equal(frame.Clusters.Label(c), Rows[frame.DataRow(place) - 1].Id);
                foreach (var term in frame.RandomTerms)
                {
                    Assert.Equal(Rows[frame.DataRow(place) - 1].Id, term.Label(term.Groups[place]));
                    Assert.Equal(1, term.Column(0)[place]);
                    Assert.True(term.IsIntercept || term.Column(1)[place] == Rows[frame.DataRow(place) - 1].Age);
                }
            }
        }
    }

    [Fact]
    public void Rows_that_do_not_meet_the_conditions_are_not_there()
    {
        static Expression Condition(string text) => FormulaParser.ParseCondition(text);
        var frame = Frame("y ~ age", request => request with { Where = [Condition("dose >= 2"), Condition("sex == 'f'")] });
        Assert.Equal(Rows.Count(row => row is { Dose: >= 2, Sex: "f" }), frame.Rows);
        Assert.All(Enumerable.Range(0, frame.Rows), place =>
        {
            var row = Rows[frame.DataRow(place) - 1];
            Assert.True(row is { Dose: >= 2, Sex: "f" });
            Assert.Equal(row.Age, frame.Design.Column(1)[place]);
        });
    }

    /// <summary>The same columns whatever the order of the file's rows, as sums of them are then the same to the bit.</summary>
    [Fact]
    public void The_order_of_the_file_s_rows_changes_nothing()
    {
        var lines = Text.TrimEnd('\n').Split('\n');
        var shuffled = string.Join('\n', lines.Take(1).Concat(lines.Skip(1).OrderBy(line => line[2..], StringComparer.Ordinal))) + "\n";
        Assert.NotEqual(Text, shuffled);
        var (one, other) = (Frame("y ~ arm * age + (1 | id)"), Build(shuffled, "y ~ arm * age + (1 | id)"));
        Assert.Equal(one.Design.Values.ToArray(), other.Design.Values.ToArray());
        Assert.Equal(one.Response.ToArray(), other.Response.ToArray());
        Assert.Equal(one.RandomTerms[0].Groups.ToArray(), other.RandomTerms[0].Groups.ToArray());
    }

    [Fact]
    public void A_column_that_others_make_up_is_left_out_and_named_or_refused()
    {
        var frame = Frame("y ~ dose + I(2 * dose) + age");
        Assert.Equal(["(Intercept)", "dose", "age"], frame.Design.Names);
        Assert.Equal("I(2 * dose)", Assert.Single(frame.Design.Aliased).Name);
        Assert.Throws<InputException>(() => Frame("y ~ dose + I(2 * dose)", request => request with { RefuseAliased = true }));
    }

    private static void Column(DesignMatrix design, string name, Func<Row, double> expected)
    {
        var place = design.Names.ToList().IndexOf(name);
        Assert.True(place >= 0, $"{name}: {string.Join(", ", design.Names)}");
        foreach (var (row, value) in Rows.Zip(design.Column(place).ToArray()))
        {
            Assert.Equal(expected(row), value, 1e-12);
        }
    }

    private static Dictionary<string, string> Of(string key, string value) => new(StringComparer.Ordinal) { [key] = value };

    /// <summary>The design with the rows in the file's order.</summary>
    private static DesignMatrix Design(string formula, Func<FrameRequest, FrameRequest>? change = null) =>
        Frame(formula, request => (change?.Invoke(request) ?? request) with { PositionMatters = true }).Design;

    private static ModelFrame Frame(string formula, Func<FrameRequest, FrameRequest>? change = null) => Build(Text, formula, change);

    private static ModelFrame Build(string text, string formula, Func<FrameRequest, FrameRequest>? change = null)
    {
        var request = new FrameRequest { Formula = FormulaParser.Parse(formula) };
        return ModelFrameBuilder.Build(
            DatasetReader.Read("trial.csv", System.Text.Encoding.UTF8.GetBytes(text)), change?.Invoke(request) ?? request);
    }

    private sealed record Row(string Arm, string Sex, double Dose, double Age, double Y, double N, double W, string Id);
}
