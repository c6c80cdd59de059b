using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Reports;
using MarginalConditional.Lmm.Residual;

namespace MarginalConditional.Lmm.Tests.Reports;

/// <summary>
/// The correlations are those of all pairs of rows of a subject: of their residuals, and of the dense covariance of the fit.
/// </summary>
public sealed class CorrelationByLagTests
{
    [Theory]
    [InlineData("id", false)]
    [InlineData("id", true)]
    [InlineData("ar1", false)]
    [InlineData("ar1h", false)]
    [InlineData("ar1", true)]
    [InlineData("un", false)]
    public void Pairs_are_counted_and_correlated_one_by_one(string structure, bool random)
    {
        Assert.True(ResidualStructure.TryParse(structure, out var residual));
        var frame = LinearFrames.Longitudinal(36, 30, 5, slope: true, random: random);
        var fit = LmmFitter.Fit(frame, new LmmOptions { Residual = residual });
        var rows = CorrelationByLag.Of(fit);
        var (v, left) = (
            DenseLikelihood.Covariance(fit),
            DenseLikelihood.Response(frame) - (DenseLikelihood.Design(frame) * MathNetVector(fit.Coefficients)));
        var pairs = Pairs(frame).ToLookup(pair => Math.Abs(frame.Waves[pair.I] - frame.Waves[pair.J]));
        Assert.Equal(pairs.Select(lag => lag.Key).Order(), rows.Select(row => row.Lag));
        foreach (var row in rows)
        {
            var own = pairs[row.Lag].ToArray();
            var product = own.Sum(pair => left[pair.I] * left[pair.J]);
            var (first, second) = (own.Sum(pair => left[pair.I] * left[pair.I]), own.Sum(pair => left[pair.J] * left[pair.J]));
            Assert.Equal(own.Length, row.Pairs);
            Assert.Equal(product / Math.Sqrt(first * second), row.Empirical, 1e-9);
            Assert.Equal(own.Average(pair => v[pair.I, pair.J] / Math.Sqrt(v[pair.I, pair.I] * v[pair.J, pair.J])), row.Fitted, 1e-9);
        }
    }

    [Fact]
    public void Without_waves_there_are_no_distances()
    {
        var frame = LinearFrames.Nested(37, 6, 2, 2, 3);
        Assert.Empty(CorrelationByLag.Of(LmmFitter.Fit(frame, new LmmOptions())));
    }

    private static MathNet.Numerics.LinearAlgebra.Vector<double> MathNetVector(ReadOnlySpan<double> values) =>
        MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(values.ToArray());

    private static IEnumerable<(int I, int J)> Pairs(ModelFrame frame) =>
        from cluster in Enumerable.Range(0, frame.Clusters.Count)
        from i in Enumerable.Range(frame.Clusters.Start(cluster), frame.Clusters.Size(cluster))
        from j in Enumerable.Range(frame.Clusters.Start(cluster), i - frame.Clusters.Start(cluster))
        select (i, j);
}
