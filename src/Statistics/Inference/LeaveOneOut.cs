using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Statistics.Inference;

/// <summary>What leaving a cluster out does to a maximum likelihood estimate, by one Newton step and no second fit.</summary>
/// <remarks>
/// ψ̂ − ψ₍ᵢ₎ ≈ (I − Iᵢ)⁻¹sᵢ with sᵢ and Iᵢ the cluster's own score and observed information (Preisser and Qaqish 1996). The scores are
/// exact, so that their differences, by steps of 10⁻⁵ standard errors, give Iᵢ to five digits, whatever the quadrature: more than one step
/// deserves.
/// </remarks>
public static class LeaveOneOut
{
    private const double StepShare = 1e-5;

    /// <summary>The number of clusters below which <see cref="LargeShareOfFew"/> holds.</summary>
    private const int FewClusters = 40;

    /// <summary>The share of the information on a variance above which a cluster's observed information is not taken at its word.</summary>
    private const double LargeShare = 0.3;

    /// <summary>The same where clusters are few, and one that lies out has the more to say.</summary>
    private const double LargeShareOfFew = 0.2;

    /// <summary>The scores of all clusters with one parameter moved.</summary>
    /// <param name="parameter">Which.</param>
    /// <param name="by">How far.</param>
    /// <param name="scores">Receives K×m values by rows.</param>
    public delegate void MovedScores(int parameter, double by, Span<double> scores);

    /// <summary>Iᵢ of every cluster, K matrices m×m; rows and columns of parameters without a variance are 0.</summary>
    /// <param name="covariance">The inverse of the whole information, m×m.</param>
    /// <param name="scores">sᵢ at the estimate, K×m by rows.</param>
    /// <param name="moved">The scores away from it.</param>
    public static double[] Informations(ReadOnlySpan<double> covariance, ReadOnlySpan<double> scores, MovedScores moved)
    {
        ArgumentNullException.ThrowIfNull(moved);
        var m = (int)Math.Sqrt(covariance.Length);
        var clusters = scores.Length / m;
        var informations = new double[clusters * m * m];
        var there = new double[scores.Length];
        using var work = LongWork.Begin("parameters moved", m);
        for (var j = 0; j < m; j++)
        {
            work.Step();
            var step = StepShare * Math.Sqrt(covariance[(j * m) + j]);
            if (!(step > 0))
            {
                continue;
            }

            moved(j, step, there);
            for (var i = 0; i < clusters; i++)
            {
                for (var l = 0; l < m; l++)
                {
                    informations[(i * m * m) + (l * m) + j] = (scores[(i * m) + l] - there[(i * m) + l]) / step;
                }
            }
        }

        for (var i = 0; i < clusters; i++)
        {
            Dense.Symmetrize(informations.AsSpan(i * m * m, m * m), m);
        }

        return informations;
    }

    /// <summary>
    /// ψ̂ − ψ₍ᵢ₎, K×m by rows: 0 for parameters on their boundary, and for what follows the coefficients where the other clusters do not
    /// identify it; NaN where they do not identify the coefficients, and everywhere where a coefficient has no variance.
    /// </summary>
    /// <param name="covariance">The inverse of the whole information, m×m; rows of parameters on their boundary are 0.</param>
    /// <param name="informations">Iᵢ, K matrices m×m.</param>
    /// <param name="scores">sᵢ, K×m by rows.</param>
    /// <param name="coefficients">The number of coefficients: the first parameters.</param>
    public static double[] Changes(
        ReadOnlySpan<double> covariance, ReadOnlySpan<double> informations, ReadOnlySpan<double> scores, int coefficients)
    {
        var m = (int)Math.Sqrt(covariance.Length);
        var diagonal = new double[m];
        for (var j = 0; j < m; j++)
        {
            diagonal[j] = covariance[(j * m) + j];
        }

        int[] free = [.. Enumerable.Range(0, m).Where(j => diagonal[j] > 0)];
        int[] first = [.. free.Where(j => j < coefficients)];
        var changes = new double[scores.Length];
        double[] whole = new double[m * m], ofCoefficients = new double[m * m];
        if (first.Length < coefficients || !TryInvert(covariance, free, whole) || !TryInvert(whole, first, ofCoefficients))
        {
            Array.Fill(changes, double.NaN);
            return changes;
        }

        var own = new double[m * m];
        var large = scores.Length / m < FewClusters ? LargeShareOfFew : LargeShare;
        for (var i = 0; i < scores.Length / m; i++)
        {
            informations.Slice(i * m * m, m * m).CopyTo(own);
            if (free.Any(j => j >= coefficients && own[(j * m) + j] * diagonal[j] > large))
            {
                Expect(whole, ofCoefficients, first.Length, coefficients, own);
            }

            var score = scores.Slice(i * m, m);
            var change = changes.AsSpan(i * m, m);
            if (!TryStep(whole, own, score, free, change) && !TryStep(whole, own, score, first, change))
            {
                change.Fill(double.NaN);
            }
        }

        return changes;
    }

    /// <summary>The information of the free parameters, in place among all m.</summary>
    private static bool TryInvert(ReadOnlySpan<double> covariance, int[] free, Span<double> information)
    {
        var q = free.Length;
        var m = (int)Math.Sqrt(covariance.Length);
        double[] selected = new double[q * q], inverse = new double[q * q];
        for (var j = 0; j < q * q; j++)
        {
            selected[j] = covariance[(free[j / q] * m) + free[j % q]];
        }

        if (!Cholesky.TryInvert(selected, q, new double[q * q], inverse))
        {
            return false;
        }

        for (var j = 0; j < q * q; j++)
        {
            information[(free[j / q] * m) + free[j % q]] = inverse[j];
        }

        return true;
    }

    /// <summary>
    /// Puts in the place of a cluster's observed information on variances its share of the whole, by what it says of the coefficients.
    /// </summary>
    /// <remarks>
    /// Observed, an outlying cluster has most of it: with r its deviation and v the variance, r²/v³ − 1/2v², where 1/2v² is expected. What
    /// is left is then too little, and the step far too long. With what is expected the step is r² − v over K − 1, which is exact.
    /// </remarks>
    private static void Expect(
        ReadOnlySpan<double> whole, ReadOnlySpan<double> ofCoefficients, int identified, int coefficients, Span<double> own)
    {
        var m = (int)Math.Sqrt(whole.Length);
        var share = 0.0;
        for (var j = 0; j < coefficients; j++)
        {
            for (var k = 0; k < coefficients; k++)
            {
                share += own[(j * m) + k] * ofCoefficients[(k * m) + j] / identified;
            }
        }

        share = Math.Clamp(share, 0, 1);
        for (var j = 0; j < m * m; j++)
        {
            if (j / m >= coefficients || j % m >= coefficients)
            {
                own[j] = share * whole[j];
            }
        }
    }

    /// <summary>(I − Iᵢ)⁻¹sᵢ in the parameters that move; whether what is left identifies them.</summary>
    private static bool TryStep(
        ReadOnlySpan<double> whole, ReadOnlySpan<double> own, ReadOnlySpan<double> score, int[] moving, Span<double> change)
    {
        var q = moving.Length;
        var m = score.Length;
        var remaining = new double[q * q];
        var step = new double[q];
        for (var j = 0; j < q * q; j++)
        {
            var entry = (moving[j / q] * m) + moving[j % q];
            remaining[j] = whole[entry] - own[entry];
        }

        for (var j = 0; j < q; j++)
        {
            step[j] = score[moving[j]];
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
}
