using System.Globalization;
using System.Text;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Frames;

public sealed class FrameMessagesApproval
{
    private const string Trial = "id,visit,treatment,time,y\n1,1,a,0,1\n1,2,a,1,0\n2,1,b,0,0\n2,2,b,2,1\n";

    [Theory]
    [InlineData(
        "y ~ treatmnt * time",
        "There is no column \"treatmnt\" in data.csv. Did you mean \"treatment\"?\nColumns: id, visit, treatment, time, y.")]
    [InlineData("y ~ zzzzzz", "There is no column \"zzzzzz\" in data.csv.\nColumns: id, visit, treatment, time, y.")]
    [InlineData(
        "treatment ~ time",
        "data.csv, column treatment: The outcome treatment is in words: \"a\", \"b\".\nSay which level counts as 1: --event b.")]
    [InlineData(
        "y ~ log(treatment)",
        "data.csv, line 2, column treatment: \"a\" is not a number.\nlog(treatment) can be computed from numbers only.")]
    [InlineData("y ~ log(time)", "data.csv, line 2: The expression log(time) has no finite value here: time is 0.\nCorrect the value, or "
        + "make it missing (NA) to leave the row out.")]
    [InlineData(
        "y ~ time + I(2 * time)",
        "data.csv: The design has 3 columns but rank 2: \"I(2 * time)\" equals 2 × time.\nDrop one of them.")]
    [InlineData("y ~ 0", "The formula has no fixed effect, not even an intercept.\nWrite 1 on the right side for an intercept.")]
    [InlineData("y ~ poly(visit, 2)", "data.csv: The term poly(visit, 2) needs more than 2 distinct values of visit.\nLower the degree.")]
    [InlineData("time / visit ~ 1 + offset(log(visit - 1))", "data.csv, line 2: The expression log(visit - 1) has no finite value here: "
        + "visit is 1.\nCorrect the value, or make it missing (NA) to leave the row out.")]
    [InlineData("y / time ~ 1", "data.csv, line 2, column time: The number of trials is 0, but has to be more than 0.\nMake the value "
        + "missing (NA) to leave the row out.")]
    public void Formulas_that_do_not_fit_the_data_are_explained(string formula, string expected) =>
        Assert.Equal(expected, Complaint(Trial, formula));

    [Theory]
    [InlineData("y ~ time + (1 | id) + (time | id)", "The random part has an intercept of id twice: only the sum of their variances could "
        + "be known.\nLeave out one of the two; (0 + x | id) is a slope without intercept.")]
    [InlineData("y ~ time + (0 + time | id) + (time || id)", "The random part has time of id twice: only the sum of their variances could "
        + "be known.\nLeave out one of the two; (0 + x | id) is a slope without intercept.")]
    public void An_effect_that_stands_twice_for_the_same_groups_is_an_error(string formula, string expected) =>
        Assert.Equal(expected, Complaint(Trial, formula));

    [Fact]
    public void More_events_than_trials_are_an_error() =>
        Assert.Equal(
            "data.csv, line 3, column e: There are 5 events out of 4 trials, but events lie between 0 and the number of trials.",
            Complaint("e,n\n1,4\n5,4\n", "e / n ~ 1"));

    [Fact]
    public void Constant_outcomes_are_an_error() =>
        Assert.Equal(
            "data.csv: The outcome y is 0 in every row used: there is nothing to explain.\nCheck the outcome's coding, and which rows are "
                + "complete.",
            Complaint("y,x\n0,1\n0,2\n1,\n", "y ~ x"));

    [Fact]
    public void Stray_text_in_a_column_of_numbers_is_an_error_at_its_line()
    {
        var numbers = string.Concat(Enumerable.Range(1, 40).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},{i % 2}\n")));
        Assert.Equal(
            "data.csv, line 42, column time: \"3,5\" is not a number.\nThe other 40 values are numbers. Use a decimal point, or say "
                + "--decimal-comma.",
            Complaint("time,y\n" + numbers + "\"3,5\",1\n", "y ~ time"));
        Assert.Equal(
            "data.csv, line 42, column time: \"twelve\" is not a number.\nThe other 40 values are numbers. Correct it, say --na \"twelve\" "
                + "if it means missing, or --factor time to read the column as categories.",
            Complaint("time,y\n" + numbers + "twelve,1\n", "y ~ time"));
        Assert.Equal(
            "data.csv, line 42, column time: \"?\" is not a number.\n2 values are not, 40 are. Correct it, say --na \"?\" if it means "
                + "missing.",
            Complaint("time,y\n" + numbers + "?,1\n!,1\n", "time ~ y"));
    }

    [Theory]
    [InlineData(
        "\"1,5\"",
        "\"2,5\"",
        false,
        "data.csv, line 2, column x: \"1,5\" is not a number.\nUse a decimal point, or say --decimal-comma.")]
    [InlineData(
        "1.5",
        "2",
        true,
        "data.csv, line 2, column x: \"1.5\" is not a number.\n2 values are not, 1 is. Use a decimal comma, or leave out --decimal-comma.")]
    public void Numbers_with_the_other_decimal_mark_are_no_categories(string first, string second, bool comma, string expected)
    {
        var text = $"x,y\n{first},0\n{second},1\n{first},1\n".Replace(',', comma ? ';' : ',');
        var options = comma ? new DatasetReaderOptions { DecimalComma = true, Separator = ';' } : null;
        var data = DatasetReader.Read("data.csv", Encoding.UTF8.GetBytes(text), options);

        var exception =
            Assert.Throws<InputException>(() => ModelFrameBuilder.Build(data, new FrameRequest { Formula = FormulaParser.Parse("y ~ x") }));

        Assert.Equal(expected, Files.Text(exception));
    }

    [Fact]
    public void Numbers_among_text_are_noted()
    {
        var data = DatasetReader.Read("data.csv", "x,y\n1,0\ntwo,1\n3,1\n1,0\n3,0\n"u8.ToArray());
        var frame = ModelFrameBuilder.Build(data, new FrameRequest { Formula = FormulaParser.Parse("y ~ x") });

        Assert.Equal("x holds numbers and text, such as \"two\" (line 3), and is read as categories.", Assert.Single(frame.Notes));
    }

    [Fact]
    public void Stray_text_does_not_matter_in_a_column_of_labels()
    {
        var rows = string.Concat(Enumerable.Range(1, 40).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},{i % 2}\n")));
        var frame = ModelFrameBuilderTests.Build("id,y\n" + rows + "41a,1\n", "y ~ 1", cluster: "id");
        Assert.Equal(41, frame.Clusters.Count);
    }

    [Theory]
    [InlineData("id", "weight", "data.csv, line 3, column weight: The weight is -1, but weights are 0 or more.")]
    [InlineData("group", null, "data.csv: Every row used belongs to the same cluster: group is 7 throughout.\nEstimates need several "
        + "clusters; name the column that tells them apart.")]
    [InlineData("idd", null, "There is no column \"idd\" in data.csv. Did you mean \"id\"?\nColumns: id, group, weight, y.")]
    [InlineData(null, null, "No column says which rows belong together.\nName it by --cluster.")]
    public void Roles_that_do_not_fit_are_explained(string? cluster, string? weights, string expected) =>
        Assert.Equal(expected, Complaint(
            "id,group,weight,y\n1,7,1,0\n2,7,-1,1\n",
            "y ~ 1",
            request => request with { Cluster = cluster, Weights = weights, RequireClusters = true }));

    [Fact]
    public void A_wave_that_comes_twice_is_an_error_when_it_must_not() =>
        Assert.Equal(
            "data.csv, line 5, column visit: Cluster 2 of id has two rows with visit 1; the other is line 4.\nThis correlation needs each "
                + "visit at most once in a cluster: correct the rows, or name another wave column.",
            Complaint(
                Trial.Replace("2,2,b", "2,1,b", StringComparison.Ordinal),
                "y ~ 1",
                request => request with { Cluster = "id", Wave = "visit", RequireDistinctWaves = true }));

    [Theory]
    [InlineData("treatment", "c", "data.csv: Column treatment has no level \"c\" to refer to.\nLevels among the rows used: a, b.")]
    [InlineData("time", "0", "data.csv: Column time has no reference level: it is a number.\nSay --factor time to read it as categories.")]
    [InlineData("visit", "1", "data.csv: Column visit has no reference level: it is not in the formula.")]
    public void Reference_levels_that_do_not_exist_are_explained(string column, string level, string expected) =>
        Assert.Equal(expected, Complaint(
            Trial,
            "y ~ treatment + time",
            request => request with { References = new Dictionary<string, string>(StringComparer.Ordinal) { [column] = level } }));

    [Fact]
    public void Options_about_columns_that_the_formula_does_not_use_are_refused()
    {
        var request = new FrameRequest { Formula = FormulaParser.Parse("y ~ time") };
        var data = Files.Read(Trial, new DatasetReaderOptions { Columns = request.Columns });
        Assert.Equal(["(Intercept)", "time"], ModelFrameBuilder.Build(data, request).Design.Names);
        Assert.Equal(
            "Column visit is not used by the model, so that --factor has no effect on it.",
            Assert.Throws<InputException>(() => ModelFrameBuilder.Build(data, request with { Factors = ["visit"] })).Message);
        Assert.Throws<ArgumentException>(() => ModelFrameBuilder.Build(data, request with { Cluster = "id" }));
    }

    [Fact]
    public void Files_without_a_complete_row_are_an_error() =>
        Assert.Equal(
            "data.csv: No row is complete in the columns used.\nx is missing in 2 of 3 rows. Columns used: y, x.",
            Complaint("y,x\n1,\n2,NA\n,3\n", "y ~ x"));

    [Fact]
    public void A_category_that_never_varies_is_an_error() =>
        Assert.Equal(
            "data.csv: Column f has the same value, \"a\", in every row used: it cannot explain anything.\nTake f out of the formula.",
            Complaint("y,f\n1,a\n2,a\n", "y ~ f"));

    [Fact]
    public void A_random_effect_of_one_group_is_an_error() =>
        Assert.Equal(
            "data.csv: The random part (1 | g) has one group only: g is u in every row used.\nA random effect needs several groups.",
            Complaint("y,g\n1,u\n2,u\n", "y ~ 1 + (1 | g)"));

    [Fact]
    public void Trials_are_not_given_twice() =>
        Assert.Equal(
            "The trials are given twice: on the left side of the formula and as the column n.\nGive them once.",
            Complaint("e,n\n1,2\n2,3\n", "e / n ~ 1", request => request with { Trials = "n" }));

    private static string Complaint(string text, string formula, Func<FrameRequest, FrameRequest>? change = null) =>
        Files.Complaint(text, data =>
        {
            var request = new FrameRequest { Formula = FormulaParser.Parse(formula), RefuseAliased = true };
            ModelFrameBuilder.Build(data, change?.Invoke(request) ?? request);
        });
}
