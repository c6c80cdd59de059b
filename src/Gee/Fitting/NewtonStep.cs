using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Fitting;

/// <summary>The scoring step M⁻¹U and the size of the scaled score, from the sums of a pass.</summary>
internal sealed class NewtonStep(int coefficients)
{
    private readonly double[] factor = new double[coefficients * coefficients];
    private readonly double[] step = new double[coefficients];

    /// <summary>M⁻¹U, p values; it does not depend on φ.</summary>
    public ReadOnlySpan<double> Step => step;

    /// <summary>max_j |U_j| / √M_jj.</summary>
    /// <param name="information">φ·M, p×p, of which the diagonal is read.</param>
    /// <param name="score">φ·U, p values.</param>
    /// <param name="scale">φ.</param>
    public static double Criterion(ReadOnlySpan<double> information, ReadOnlySpan<double> score, double scale)
    {
        var p = score.Length;
        var largest = 0.0;
        for (var j = 0; j < p; j++)
        {
            var value = Math.Abs(score[j]) / Math.Sqrt(information[(j * p) + j] * scale);
            largest = double.IsNaN(value) ? double.PositiveInfinity : Math.Max(largest, value);
        }

        return largest;
    }

    /// <summary>Solves for the step. Returns −1, or the first column at which M is singular.</summary>
    /// <param name="information">φ·M, p×p, of which the lower triangle is read.</param>
    /// <param name="score">φ·U, p values.</param>
    public int Solve(ReadOnlySpan<double> information, ReadOnlySpan<double> score)
    {
        information.CopyTo(factor);
        if (!Cholesky.TryFactor(factor, coefficients, out var failed))
        {
            return failed;
        }

        score.CopyTo(step);
        Cholesky.Solve(factor, coefficients, step);
        return -1;
    }
}
