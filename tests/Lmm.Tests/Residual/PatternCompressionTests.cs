using MarginalConditional.Lmm.Model;
using MarginalConditional.Lmm.Residual;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Residual;

/// <summary>A pattern's subjects become as many as the rank of their rows laid end to end, with the same second moments.</summary>
public sealed class PatternCompressionTests
{
    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(300)]
    public void Many_subjects_of_a_pattern_become_as_few_as_their_rank_and_few_stay(int subjects)
    {
        var (model, _) = ResidualModelTests.Prepare("ar1h", subjects);
        var (rows, starts, patterns) = PatternCompression.Compress(model);
        Assert.Equal(patterns.Length + 1, starts.Length);
        Assert.Equal(rows.Length, starts[^1] * model.Width);
        Assert.Equal(model.Layout.Patterns.Count, patterns.Distinct().Count());
        for (var pattern = 0; pattern < model.Layout.Patterns.Count; pattern++)
        {
            var length = model.Layout.Patterns[pattern].Size * model.Width;
            var before = Blocks(model.Rows, model.BlockStarts, model.BlockPatterns, pattern, length, model.Width);
            var after = Blocks(rows, starts, patterns, pattern, length, model.Width);
            if (before.RowCount < 16)
            {
                Assert.Equal(before, after);
                continue;
            }

            Assert.Equal(Math.Min(before.Rank(), before.RowCount), after.RowCount);
            var (expected, actual) = (before.TransposeThisAndMultiply(before), after.TransposeThisAndMultiply(after));
            for (var i = 0; i < length; i++)
            {
                for (var j = 0; j < length; j++)
                {
                    var unit = Math.Sqrt(expected[i, i] * expected[j, j]);
                    Assert.True(Math.Abs(expected[i, j] - actual[i, j]) <= 1e-12 * unit);
                }
            }
        }
    }

    [Fact]
    public void Sixteen_subjects_are_the_fewest_that_are_replaced()
    {
        Assert.Equal(15, Complete(15).Patterns.Length);
        Assert.True(Complete(16).Patterns.Length < 16);
    }

    private static (double[] Rows, int[] Starts, int[] Patterns) Complete(int subjects)
    {
        var frame = LinearFrames.Longitudinal(152, subjects, 3, slope: false, missing: 0, random: false);
        var structure = ResidualStructure.FirstOrderAutoregression;
        var hierarchy = GroupHierarchy.Create([], frame.Rows);
        var rows = WorkingRows.Create(frame, frame.Response, [], hierarchy);
        var layout = ResidualLayout.Create(frame, null, [], structure);
        return PatternCompression.Compress(new ResidualModel(layout, structure.Bind(layout.Unit), rows.Values, rows.Width));
    }

    /// <summary>The blocks of a pattern, each as one long row.</summary>
    private static Matrix<double> Blocks(double[] rows, int[] starts, int[] patterns, int pattern, int length, int width) =>
        Matrix<double>.Build.DenseOfRowArrays(Enumerable.Range(0, patterns.Length)
            .Where(block => patterns[block] == pattern)
            .Select(block => rows.AsSpan(starts[block] * width, length).ToArray()));
}
