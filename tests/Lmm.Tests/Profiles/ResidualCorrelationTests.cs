using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;
using MarginalConditional.Lmm.Profiles;
using MarginalConditional.Lmm.Residual;
using MarginalConditional.Mixed;

namespace MarginalConditional.Lmm.Tests.Profiles;

/// <summary>
/// Complete data with a mean for each wave: the profile likelihood of a correlation is known. With variances of their own, twice the fall
/// of the log-likelihood of n pairs from their correlation r to ρ is n log {(1 − ρr)² / (1 − ρ²) / (1 − r²)} (Anderson 2003, section 4.2;
/// the waves that come later are a regression on the pair, which has its maximum whatever ρ is). With equal variances, of the sums and
/// differences of the pair, U and V their squares, −2ℓ is 2n log {U / (1 + ρ) + V / (1 − ρ)} + n log (1 − ρ²) but for a constant.
/// </summary>
public sealed class ResidualCorrelationTests
{
    /// <summary>The 0.95 quantile of χ² on one degree of freedom.</summary>
    private const double Cutoff = 3.841458820694124;

    private const int Clusters = 16;

    [Theory]
    [InlineData("un", 2)]
    [InlineData("csh", 2)]
    [InlineData("ar1h", 2)]
    [InlineData("toeph", 2)]
    [InlineData("ante", 2)]
    [InlineData("ante", 3)]
    [InlineData("un", 3)]
    [InlineData("un", 4)]
    public void Limits_of_a_correlation_are_those_of_its_pair(string structure, int waves)
    {
        foreach (var groups in new[] { 1, 2 })
        {
            var frame = Complete(waves, groups);
            var limits = Correlations(frame, structure, groups);
            var pairs = structure == "ante" ? Enumerable.Range(0, waves - 1).Select(wave => (wave, wave + 1))
                : Enumerable.Range(0, waves).SelectMany(later => Enumerable.Range(0, later).Select(earlier => (earlier, later)));
            (int Group, int Earlier, int Later)[] expected =
                [.. Enumerable.Range(0, groups).SelectMany(group => pairs.Select(pair => (group, pair.Item1, pair.Item2)))];
            Assert.Equal(expected.Length, limits.Count);
            foreach (var ((group, earlier, later), limit) in expected.Zip(limits))
            {
                var residuals = Residuals(frame, waves, groups, group);
                var (one, two) = (residuals[earlier], residuals[later]);
                var r = Product(one, two) / Math.Sqrt(Product(one, one) * Product(two, two));
                Relative.Equal(r, limit.Estimate, 1e-5);
                foreach (var rho in new[] { limit.Lower, limit.Upper })
                {
                    var fall = one.Length * Math.Log((1 - (rho * r)) * (1 - (rho * r)) / (1 - (rho * rho)) / (1 - (r * r)));
                    Assert.True(Math.Abs(fall - Cutoff) < 1e-4, $"{limit.Label} at {rho}: {fall}");
                }

                Assert.True(limit.Lower < r && r < limit.Upper);
            }
        }
    }

    [Theory]
    [InlineData("cs")]
    [InlineData("ar1")]
    [InlineData("toep")]
    public void Limits_of_a_correlation_of_waves_of_one_variance_are_those_of_sums_and_differences(string structure)
    {
        foreach (var groups in new[] { 1, 2 })
        {
            var frame = Complete(2, groups);
            var limits = Correlations(frame, structure, groups);
            Assert.Equal(groups, limits.Count);
            for (var group = 0; group < groups; group++)
            {
                var residuals = Residuals(frame, 2, groups, group);
                double[] sums = [.. residuals[0].Zip(residuals[1], (a, b) => a + b)];
                double[] differences = [.. residuals[0].Zip(residuals[1], (a, b) => a - b)];
                var (u, v, n) = (Product(sums, sums), Product(differences, differences), sums.Length);
                var r = (u - v) / (u + v);
                Relative.Equal(r, limits[group].Estimate, 1e-5);
                foreach (var rho in new[] { limits[group].Lower, limits[group].Upper })
                {
                    var fall = Deviance(rho) - Deviance(r);
                    Assert.True(Math.Abs(fall - Cutoff) < 1e-4, $"{limits[group].Label} at {rho}: {fall}");
                }

                double Deviance(double rho) => (2 * n * Math.Log((u / (1 + rho)) + (v / (1 - rho)))) + (n * Math.Log(1 - (rho * rho)));
            }
        }
    }

    private static IReadOnlyList<ProfileInterval> Correlations(ModelFrame frame, string name, int groups)
    {
        Assert.True(ResidualStructure.TryParse(name, out var structure));
        var options = new LmmOptions { Restricted = false, Residual = structure, ResidualBy = groups > 1 ? "group" : null };
        return [.. ProfileIntervals.OfCovariance(LmmFitter.Fit(frame, options))
            .Where(interval => !interval.Label.Contains("SD", StringComparison.Ordinal))];
    }

    /// <summary>Clusters seen at every wave, of one or two groups in turn, with a mean for each group and wave.</summary>
    private static ModelFrame Complete(int waves, int groups)
    {
        var numbers = new Numbers(71);
        var rows = groups * Clusters * waves;
        var (y, group) = (new double[rows], new double[rows]);
        for (var cluster = 0; cluster < groups * Clusters; cluster++)
        {
            var shared = numbers.Normal();
            for (var wave = 0; wave < waves; wave++)
            {
                var row = (cluster * waves) + wave;
                group[row] = cluster % groups;
                y[row] = ((1 - (0.6 * group[row])) * shared) + ((1 + (0.2 * wave)) * numbers.Normal()) + (wave == 0 ? 0 : 0.5 * y[row - 1]);
            }
        }

        string[] names = [.. Enumerable.Range(0, groups * waves).Select(cell => $"cell{cell}")];
        double[] x = [.. names.SelectMany((_, cell) => group.Select((g, row) => ((int)g * waves) + (row % waves) == cell ? 1.0 : 0))];
        int[] ranks = [.. y.Select((_, row) => row % waves)];
        return new ModelFrame(
            new DesignMatrix(rows, names, x, names),
            y,
            new Clusters("id", [.. Enumerable.Range(0, (groups * Clusters) + 1).Select(cluster => cluster * waves)], LinearFrames.Label))
        {
            Waves = ranks,
            WaveValues = [.. ranks.Select(rank => (double)rank)],
            WaveLabels = [.. Enumerable.Range(0, waves).Select(LinearFrames.Label)],
            AuxiliaryColumns = [new NumericColumn("group", group)],
        };
    }

    /// <summary>What a group's outcomes have beside their means, by wave.</summary>
    private static double[][] Residuals(ModelFrame frame, int waves, int groups, int group) =>
        [.. Enumerable.Range(0, waves).Select(wave =>
        {
            double[] outcomes = [.. frame.Response.ToArray().Where((_, row) => row % waves == wave && row / waves % groups == group)];
            return outcomes.Select(outcome => outcome - outcomes.Average()).ToArray();
        })];

    private static double Product(double[] one, double[] two) => one.Zip(two, (a, b) => a * b).Sum();
}
