using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm;

/// <summary>
/// Names the cause when a residual covariance runs into singularity: then
/// the likelihood grows without bound, unless random effects bound it.
/// </summary>
internal static class SingularResidual
{
    /// <summary>Larger matrices are those of structures with one or two parameters, which do not become singular this way.</summary>
    private const int MaximumWaves = 100;

    /// <summary>Adds a sentence for each group whose covariance is singular.</summary>
    public static void AddTo(
        List<string> warnings,
        ModelFrame frame,
        LmmTolerances tolerances,
        LinearMixedLikelihood likelihood,
        ReadOnlySpan<double> theta,
        IReadOnlyList<string> groups)
    {
        if (likelihood.Data.Residual is not { Layout.Waves: > 1 and <= MaximumWaves } residual)
        {
            return;
        }

        var m = residual.Layout.Waves;
        var besideRandomEffects = likelihood.Data.RandomParameters > 0;
        var none = besideRandomEffects ? tolerances.NoVarianceBesideRandomEffects : tolerances.NoVariance;
        var own = theta[likelihood.Data.RandomParameters..];
        for (var group = 0; group < residual.Layout.Groups; group++)
        {
            var c = new double[m * m];
            residual.Shape.Evaluate(
                own.Slice(residual.Start(group), residual.PerGroup),
                residual.Layout.Times,
                c,
                new double[residual.PerGroup * m * m]);
            var variances = Enumerable.Range(0, m).Select(j => c[j * (m + 1)]).ToArray();
            var where = residual.Layout.Groups == 1 ? "" : $" in group {groups[group]}";
            var constant = Enumerable.Range(0, m).Where(j => !(variances[j] > none * variances.Max())).ToList();
            if (constant.Count > 0)
            {
                var label = frame.WaveLabels.Count > 0 ? frame.WaveLabels[constant[0]] : $"{constant[0] + 1}";
                warnings.Add($"The residual variance at wave {label}{where} is {Consequence(besideRandomEffects)}");
            }
            else if (SmallestEigenvalue(c, variances, m) < tolerances.NoEigenvalue)
            {
                var subjects = residual.Layout.Patterns.Where(pattern => pattern.Group == group).Sum(pattern => pattern.Subjects);
                warnings.Add($"The residual covariance{where} is singular: some combination of the {m} waves is fitted exactly for all "
                    + $"{subjects} subjects, and the likelihood grows without bound. There are too few subjects for this structure: use "
                    + $"one with fewer parameters{(where.Length > 0 ? ", or leave out --by" : "")}.");
            }
        }
    }

    private static string Consequence(bool besideRandomEffects) => besideRandomEffects
        ? "estimated as zero, the boundary of what is possible: the mean and the random effects fit every row of that wave. Leave out the "
            + "random effects, or use a structure with one variance."
        : "zero: the mean fits every row of that wave exactly, and the likelihood grows without bound. Leave that wave out, or use a "
            + "structure with one variance.";

    private static double SmallestEigenvalue(double[] c, double[] variances, int m)
    {
        for (var i = 0; i < m * m; i++)
        {
            c[i] /= Math.Sqrt(variances[i / m] * variances[i % m]);
        }

        var values = new double[m];
        SymmetricEigen.Decompose(c, m, values, new double[m * m]);
        return values.Min();
    }
}
