using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Inference;

/// <summary>The observed information of every cluster's log-likelihood, and what leaving a cluster out does to the estimates.</summary>
/// <remarks>
/// The scores of the clusters are exact, so their central differences, by steps of 10⁻⁴ standard errors, have seven digits or more, for
/// every kind of quadrature alike. Without cluster i one Newton step from ψ̂ leads to ψ₍ᵢ₎ = ψ̂ − (I − Iᵢ)⁻¹sᵢ (Preisser and Qaqish 1996).
/// </remarks>
public static class ClusterCurvature
{
    private const double StepShare = 1e-4;

    /// <summary>Iᵢ of every cluster, K matrices m×m; rows and columns of parameters on their boundary are 0.</summary>
    /// <param name="fit">A fit with a covariance.</param>
    /// <exception cref="ArgumentException">The fit was made without a covariance.</exception>
    public static double[] Informations(GlmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.JointCovariance.IsEmpty)
        {
            throw new ArgumentException("The fit was made without a covariance.", nameof(fit));
        }

        var m = fit.ParameterCount;
        var clusters = fit.ClusterScores.Length / m;
        var likelihood = fit.Model.OpenUnpenalized(fit.Nodes, fit.Solution);
        fit.Model.Map.Jacobians(fit.Solution.Parameters, out var scaledByReported, out _);
        var informations = new double[clusters * m * m];
        double[] above = new double[clusters * m], below = new double[clusters * m], moved = new double[m];
        for (var j = 0; j < m; j++)
        {
            var step = StepShare * Math.Sqrt(fit.JointCovariance[(j * m) + j]);
            if (!(step > 0))
            {
                continue;
            }

            Scores(step, above);
            Scores(-step, below);
            for (var i = 0; i < clusters; i++)
            {
                for (var l = 0; l < m; l++)
                {
                    informations[(i * m * m) + (l * m) + j] = (below[(i * m) + l] - above[(i * m) + l]) / (2 * step);
                }
            }

            void Scores(double by, double[] scores)
            {
                for (var l = 0; l < m; l++)
                {
                    moved[l] = fit.Solution.Parameters[l] + (by * scaledByReported[(l * m) + j]);
                }

                likelihood.ClusterScores(moved, scores);
                fit.Model.Map.Jacobians(moved, out var jacobian, out _);
                Report(jacobian, scores);
            }
        }

        for (var i = 0; i < clusters; i++)
        {
            Dense.Symmetrize(informations.AsSpan(i * m * m, m * m), m);
        }

        return informations;
    }

    /// <summary>
    /// ψ̂ − ψ₍ᵢ₎ by one Newton step, K×m by rows: 0 for parameters on their boundary, and for the variances where the other clusters do not
    /// identify them; NaN where they do not identify the coefficients.
    /// </summary>
    /// <param name="fit">A fit with a covariance.</param>
    public static double[] Deletions(GlmmFit fit)
    {
        var informations = Informations(fit);
        var m = fit.ParameterCount;
        int[] free = [.. Enumerable.Range(0, m).Where(j => fit.JointCovariance[(j * m) + j] > 0)];
        var q = free.Length;
        var covariance = new double[q * q];
        Select(fit.JointCovariance, free, m, covariance);
        var information = new double[q * q];
        var changes = new double[fit.ClusterScores.Length];
        if (!Cholesky.TryInvert(covariance, q, new double[q * q], information))
        {
            Array.Fill(changes, double.NaN);
            return changes;
        }

        // Without a cluster that alone tells of a variance, the coefficients still move; the variances are then held.
        int[] coefficients = [.. free.Where(j => j < fit.Coefficients.Length)];
        for (var i = 0; i < changes.Length / m; i++)
        {
            var own = informations.AsSpan(i * m * m, m * m);
            var score = fit.ClusterScores.Slice(i * m, m);
            var change = changes.AsSpan(i * m, m);
            if (!TryStep(information, free, own, score, free, change) && !TryStep(information, free, own, score, coefficients, change))
            {
                change.Fill(double.NaN);
            }
        }

        return changes;
    }

    /// <summary>(I − Iᵢ)⁻¹sᵢ in the parameters that move; whether what is left identifies them.</summary>
    private static bool TryStep(
        ReadOnlySpan<double> information,
        int[] free,
        ReadOnlySpan<double> own,
        ReadOnlySpan<double> score,
        int[] moving,
        Span<double> change)
    {
        var q = moving.Length;
        var m = score.Length;
        var remaining = new double[q * q];
        var step = new double[q];
        for (var j = 0; j < q; j++)
        {
            step[j] = score[moving[j]];
            for (var l = 0; l < q; l++)
            {
                remaining[(j * q) + l] = information[(Array.IndexOf(free, moving[j]) * free.Length) + Array.IndexOf(free, moving[l])]
                    - own[(moving[j] * m) + moving[l]];
            }
        }

        if (!Cholesky.TryFactor(remaining, q, out _))
        {
            return false;
        }

        Cholesky.Solve(remaining, q, step);
        change.Clear();
        for (var j = 0; j < q; j++)
        {
            change[moving[j]] = step[j];
        }

        return true;
    }

    /// <summary>Turns scores in the iteration's parameters into those in the reported ones, row by row.</summary>
    private static void Report(double[] scaledByReported, Span<double> scores)
    {
        var m = (int)Math.Sqrt(scaledByReported.Length);
        var row = new double[m];
        for (var start = 0; start < scores.Length; start += m)
        {
            Dense.MultiplyTransposed(scaledByReported, scores.Slice(start, m), row);
            row.CopyTo(scores[start..]);
        }
    }

    private static void Select(ReadOnlySpan<double> matrix, int[] chosen, int m, Span<double> selected)
    {
        for (var j = 0; j < chosen.Length; j++)
        {
            for (var l = 0; l < chosen.Length; l++)
            {
                selected[(j * chosen.Length) + l] = matrix[(chosen[j] * m) + chosen[l]];
            }
        }
    }
}
