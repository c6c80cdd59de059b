using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Residual;

namespace MarginalConditional.Lmm.Tests.Inference;

public sealed class MarginalCovarianceTests
{
    public static TheoryData<string> Cases => new("slopes", "autoregression", "unstructured", "both", "crossed", "nested");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Units_are_the_blocks_of_the_dense_covariance_and_its_derivatives(string name)
    {
        var fit = name switch
        {
            "slopes" => LmmFitter.Fit(LinearFrames.Longitudinal(101, 8, 4, slope: true), new LmmOptions()),
            "autoregression" => LmmFitter.Fit(
                LinearFrames.Longitudinal(102, 12, 4, slope: false, random: false),
                new LmmOptions { Residual = ResidualStructure.HeterogeneousFirstOrderAutoregression }),
            "unstructured" => LmmFitter.Fit(
                LinearFrames.Longitudinal(103, 12, 3, slope: false, random: false),
                new LmmOptions { Residual = ResidualStructure.Unstructured }),
            "both" => LmmFitter.Fit(
                LinearFrames.Longitudinal(104, 12, 4, slope: false),
                new LmmOptions { Residual = ResidualStructure.ContinuousTimeAutoregression }),
            "crossed" => LmmFitter.Fit(LinearFrames.Crossed(105, 7, 4), new LmmOptions()),
            _ => LmmFitter.Fit(LinearFrames.Nested(106, 4, 3, 2, 2), new LmmOptions()),
        };
        var (v, first, second) = DenseVariance.Of(fit);
        var covariance = new MarginalCovariance(fit);
        Assert.Equal(first.Length, covariance.Parameters);
        var seen = 0;
        foreach (var unit in covariance.Units())
        {
            // Compressed rows have lost their subject: the first one of the pattern stands for all.
            var start = fit.Data.Hierarchy.Levels.Count > 0
                ? seen
                : fit.Data.Residual!.Layout.BlockStarts[Array.IndexOf(fit.Data.Residual.Layout.BlockPatterns, seen)];
            seen += fit.Data.Hierarchy.Levels.Count > 0 ? unit.Size : 1;
            for (var i = 0; i < unit.Size * unit.Size; i++)
            {
                var (row, column) = (start + (i / unit.Size), start + (i % unit.Size));
                Relative.Equal(v[row, column], unit.Covariance[i], 1e-10);
                for (var k = 0; k < unit.Active.Count; k++)
                {
                    Relative.Equal(first[unit.Active[k]][row, column], unit.Derivatives[k][i], 1e-6);
                }

                foreach (var (a, b, matrix) in unit.Second)
                {
                    Relative.Equal(second[a, b][row, column], matrix[i], 1e-5);
                }
            }
        }

        Assert.Equal(fit.Data.Hierarchy.Levels.Count > 0 ? fit.Frame.Rows : fit.Data.Residual!.Layout.Patterns.Count, seen);
    }
}
