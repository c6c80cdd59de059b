using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Tests.Quadrature;

/// <summary>Rows in the lanes of a <see cref="Glmm.Quadrature.LaneBlock"/> are the rows of one cluster.</summary>
public sealed class LaneBlockTests
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(3, false)]
    public void Predictors_and_loadings_equal_scalar_ones(int effects, bool correlated)
    {
        var crew = new LaneCrew(new BernoulliLaw(), effects, 1, 5, correlated: correlated);
        var lambda = new double[effects * effects];
        crew.Data.Factor.Fill(crew.Parameters.AsSpan(2), lambda);
        double[] u = [.. Enumerable.Range(0, effects).Select(b => 0.4 - (0.7 * b))];
        var eta = new Vector256<double>[5];
        crew.ForEveryLane(() => crew.Block.FillPredictor([.. u.Select(value => Vector256.Create(value))], eta), (lane, pattern) =>
        {
            var start = crew.Data.PatternOffsets[pattern];
            for (var i = 0; i < crew.Data.PatternOffsets[pattern + 1] - start; i++)
            {
                var row = start + i;
                var linear = crew.Data.Offset[row] + crew.Parameters[0] + (crew.Parameters[1] * crew.Data.Design[(2 * row) + 1]);
                LaneCrew.Close(linear, crew.Block.Linear[i][lane], 1e-14);
                for (var b = 0; b < effects; b++)
                {
                    var loading = Enumerable.Range(0, effects)
                        .Sum(a => lambda[(a * effects) + b] * crew.Data.RandomDesign[(row * effects) + a]);
                    LaneCrew.Close(loading, crew.Block.Loadings[(i * effects) + b][lane], 1e-14);
                    linear += loading * u[b];
                }

                LaneCrew.Close(linear, eta[i][lane], 1e-14);
            }
        });
    }

    [Fact]
    public void Constants_are_what_the_kernel_leaves_out_and_rows_without_weight_have_none()
    {
        var crew = new LaneCrew(new GammaLaw(), 1, 1, 5);
        var (constants, slopes) = (Vector256<double>.Zero, Vector256<double>.Zero);
        crew.ForEveryLane(() => constants = crew.Block.Constants(out slopes), (lane, pattern) =>
        {
            var (value, slope) = (0.0, 0.0);
            for (var row = crew.Data.PatternOffsets[pattern]; row < crew.Data.PatternOffsets[pattern + 1]; row++)
            {
                value += crew.Data.Weight[row] * crew.Block.Density.Constant(crew.Data.Response[row], crew.Block.Dispersion, out var own);
                slope += crew.Data.Weight[row] * own;
            }

            LaneCrew.Close(value, constants[lane], 1e-14);
            LaneCrew.Close(slope, slopes[lane], 1e-14);
        });
        Assert.Equal(0, constants[Vector256<double>.Count - 1]);
    }
}
