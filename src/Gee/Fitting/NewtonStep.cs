using MarginalConditional.Gee.Equations;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Fitting;

/// <summary>The scoring step M⁻¹U and the size of the scaled score, from the sums of a pass.</summary>
internal sealed class NewtonStep(int coefficients)
{
    private readonly double[] factor = new double[coefficients * coefficients];
    private readonly double[] step = new double[coefficients];

    /// <summary>M⁻¹U, p values; it does not depend on φ.</summary>
    public ReadOnlySpan<double> Step => step;

    /// <summary>max_j |U_j| / √M_jj, given φ·M, φ·U and φ.</summary>
    public static double Criterion(EstimatingPass pass, double scale)
    {
        var p = pass.Score.Length;
        var largest = 0.0;
        for (var j = 0; j < p; j++)
        {
            var value = Math.Abs(pass.Score[j]) / Math.Sqrt(pass.Information[(j * p) + j] * scale);
            largest = double.IsNaN(value) ? double.PositiveInfinity : Math.Max(largest, value);
        }

        return largest;
    }

    /// <summary>Solves for the step. Returns −1, or the first column at which M is singular.</summary>
    public int Solve(EstimatingPass pass)
    {
        pass.Information.CopyTo(factor);
        if (!Cholesky.TryFactor(factor, coefficients, out var failed))
        {
            return failed;
        }

        pass.Score.CopyTo(step);
        Cholesky.Solve(factor, coefficients, step);
        return -1;
    }
}
