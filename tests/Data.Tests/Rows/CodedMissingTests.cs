using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;
using MarginalConditional.Data.Tests.Frames;

namespace MarginalConditional.Data.Tests.Rows;

/// <summary><see cref="CodedMissing"/>: a number farther from all others than they lie apart, of digits that mark the missing.</summary>
public sealed class CodedMissingTests
{
    [Theory]
    [InlineData(new[] { 41.5, 999, 58, 62, 999 }, "v is 999 in 2 rows and otherwise 41.5 to 62: if that means missing, say --na 999.")]
    [InlineData(new double[] { 3, 0, -9, 7 }, "v is -9 in one row and otherwise 0 to 7: if that means missing, say --na -9.")]
    [InlineData(new[] { 3, double.NaN, 5, 99, 4 }, "v is 99 in one row and otherwise 3 to 5: if that means missing, say --na 99.")]
    [InlineData(new double[] { 20, 35, 99, 68 }, null)]
    [InlineData(new double[] { 0, 1, 999, 1 }, null)]
    [InlineData(new double[] { 0, 1, 2, 9 }, null)]
    [InlineData(new double[] { -1, 0, 1, -9 }, null)]
    [InlineData(new double[] { 1, 2, 3, 1000 }, null)]
    [InlineData(new[] { double.NaN, double.NaN }, null)]
    public void A_number_far_from_all_others_may_mean_missing(double[] values, string? note) =>
        Assert.Equal(note, CodedMissing.Note(new NumericColumn("v", values)));

    [Fact]
    public void A_fit_says_so_of_outcome_and_covariates_and_not_of_clusters_waves_or_what_a_condition_looked_at()
    {
        const string text = "id,visit,y,x\n1,0,2,41\n1,1,999,58\n2,0,3,999\n2,3,5,62\n999,999,4,50\n";
        var frame = ModelFrameBuilderTests.Build(text, "y ~ x", cluster: "id", wave: "visit");
        Assert.Equal(["y is 999", "x is 999"], frame.Notes.Select(note => note[..8]));
        var chosen = ModelFrameBuilderTests.Build(
            text, "y ~ x", change: request => request with { Where = [FormulaParser.ParseCondition("x < 100")] });
        Assert.DoesNotContain(chosen.Notes, note => note.StartsWith("x is", StringComparison.Ordinal));
    }
}
