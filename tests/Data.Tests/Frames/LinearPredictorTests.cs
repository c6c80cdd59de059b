using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;

namespace MarginalConditional.Data.Tests.Frames;

public sealed class LinearPredictorTests
{
    private const int Rows = 37;
    private static readonly double[] Beta = [0.3, -1.7, 2.25, 1e-3];
    private static readonly DesignMatrix Design = Columns(DesignMatrix.InterceptName, "x", "z", "x:z");

    [Fact]
    public void It_has_the_bits_of_offset_and_columns_added_one_after_another()
    {
        var offset = Offset();
        var predictor = new double[Rows];
        LinearPredictor.Of(Design, offset, Beta, predictor);
        for (var i = 0; i < Rows; i++)
        {
            var eta = offset[i];
            for (var j = 0; j < Beta.Length; j++)
            {
                eta += Design.Column(j)[i] * Beta[j];
            }

            Assert.Equal(eta, predictor[i]);
        }
    }

    [Fact]
    public void A_block_of_rows_has_the_bits_of_all_rows()
    {
        var all = new double[Rows];
        LinearPredictor.Of(Design, Offset(), Beta, all);
        for (var start = 0; start < Rows; start += 5)
        {
            var block = new double[Math.Min(5, Rows - start)];
            LinearPredictor.Of(Design, Offset(), start, Beta, block);
            Assert.Equal(all[start..(start + block.Length)], block);
        }
    }

    [Fact]
    public void Without_an_offset_it_starts_from_zero()
    {
        var frame = new ModelFrame(Design, new double[Rows], new Clusters("row", [.. Enumerable.Range(0, Rows + 1)], c => $"{c}"));
        var overwritten = Enumerable.Repeat(double.NaN, Rows).ToArray();
        LinearPredictor.Of(frame, Beta, overwritten);
        Assert.Equal(LinearPredictor.Of(frame, Beta), overwritten);
        Assert.Equal(
            Beta[0] + (Design.Column(1)[3] * Beta[1]) + (Design.Column(2)[3] * Beta[2]) + (Design.Column(3)[3] * Beta[3]),
            overwritten[3]);
    }

    [Fact]
    public void Coefficients_and_rows_have_to_fit_the_design()
    {
        Assert.Throws<ArgumentException>("beta", () => LinearPredictor.Of(Design, [], Beta.AsSpan(1), new double[Rows]));
        Assert.Throws<ArgumentException>("destination", () => LinearPredictor.Of(Design, [], Beta, new double[Rows - 1]));
    }

    [Fact]
    public void The_intercept_is_found_by_its_name()
    {
        Assert.Equal(0, Design.Intercept);
        Assert.Equal(1, Columns("x", DesignMatrix.InterceptName).Intercept);
        Assert.Equal(-1, Columns("x", "z").Intercept);
        Assert.Equal(["x", "z", "x:z"], Design.PredictorTerms);
    }

    private static double[] Offset() => [.. Enumerable.Range(0, Rows).Select(i => Math.Cos(3 * i))];

    private static DesignMatrix Columns(params string[] names) =>
        new(Rows, names, [.. Enumerable.Range(0, Rows * names.Length).Select(i => i < Rows ? 1 : Math.Sin(i) * 7)], names);
}
