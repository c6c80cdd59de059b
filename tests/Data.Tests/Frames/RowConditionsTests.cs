using System.Text;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Frames;

/// <summary><see cref="RowConditions"/>: which rows a condition keeps, against the same condition written in C#.</summary>
public sealed class RowConditionsTests
{
    private static readonly (string Visit, double? Age, string Arm)[] Once =
    [
        ("Screening", 20, "A"), ("Week 2", 17, "B"), ("Week 2", 44, "A"), ("Week 12", null, "B"), ("Week 12", 30, "B"), ("", 51, "A"),
    ];

    // Each row with both outcomes, so that whatever is kept can be fitted.
    private static readonly (string Visit, double? Age, string Arm)[] Rows = [.. Once, .. Once];

    public static TheoryData<string, Func<(string Visit, double? Age, string Arm), bool>> Conditions => new()
    {
        { "visit != 'Screening'", row => row.Visit is not ("" or "Screening") },
        { "visit == \"Week 2\"", row => row.Visit == "Week 2" },
        { "age >= 18 & arm == 'B'", row => row is { Age: >= 18, Arm: "B" } },
        { "visit == 'Week 2' | visit == 'Screening'", row => row.Visit is "Week 2" or "Screening" },
        { "(age < 18 | age > 40) && arm == 'A'", row => row is { Age: < 18 or > 40, Arm: "A" } },
        { "arm == 'A' & (visit == 'Week 2' & age > 1)", row => row is { Arm: "A", Visit: "Week 2" } },
        { "arm == 'A' || arm == 'B' & age > 1000", row => row is { Arm: "A", Age: not null } },
        { "log(age) > 3.5", row => row.Age > Math.Exp(3.5) },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void Rows_that_meet_it_are_used(string text, Func<(string Visit, double? Age, string Arm), bool> condition)
    {
        var frame = Build([text]);
        int[] expected = [.. Enumerable.Range(0, Rows.Length).Where(row => condition(Rows[row]))];

        Assert.Equal(expected, frame.RowOrder.ToArray().Order());
        Assert.Equal(0, frame.Dropped);
        Assert.Contains(frame.Notes, note => note.Contains("left out: only those were used where", StringComparison.Ordinal));
    }

    [Fact]
    public void Several_conditions_are_met_together() =>
        Assert.Equal([2, 8], Build(["arm == 'A'", "visit == 'Week 2'"]).RowOrder.ToArray().Order());

    [Theory]
    [InlineData("vist == 'A'", "no column")]
    [InlineData("arm == 'C'", "has no value")]
    [InlineData("arm > 1", "holds text")]
    [InlineData("age > 100", "No row is left")]
    [InlineData("age", "not a condition")]
    [InlineData("age + 1", "not a condition")]
    [InlineData("arm = 'A'", "not a condition")]
    public void What_cannot_be_met_is_refused(string text, string problem) =>
        Assert.Contains(problem, Assert.Throws<InputException>(() => Build([text])).Message, StringComparison.Ordinal);

    private static ModelFrame Build(string[] conditions)
    {
        var lines = Rows.Select((row, i) => FormattableString.Invariant($"{i / Once.Length},{row.Visit},{row.Age},{row.Arm}"));
        var request = new FrameRequest
        {
            Formula = FormulaParser.Parse("y ~ 1"),
            Where = [.. conditions.Select(FormulaParser.ParseCondition)],
        };
        var text = Encoding.UTF8.GetBytes("y,visit,age,arm\n" + string.Join('\n', lines) + "\n");
        return ModelFrameBuilder.Build(
            DatasetReader.Read("rows.csv", text, new DatasetReaderOptions { Columns = request.Columns }), request);
    }
}
