using MarginalConditional.Gee.Correlation;

namespace MarginalConditional.Gee.Fitting;

/// <summary>Mixes the steps of β and α together, each β in units of its standard error.</summary>
internal sealed class StepMixing(int coefficients, CorrelationKernel kernel)
{
    private readonly AndersonMixing mixing = new(coefficients + kernel.Alpha.Length);
    private readonly double[] units = new double[coefficients];
    private readonly double[] point = new double[coefficients + kernel.Alpha.Length];
    private readonly double[] move = new double[coefficients + kernel.Alpha.Length];
    private readonly double[] estimate = new double[kernel.Alpha.Length];
    private bool started;

    /// <summary>
    /// Moves the kernel's α, which was set to its estimate, to the mixed one, and
    /// returns the mixed step of β; both stay plain when the mixed α is not admissible.
    /// </summary>
    /// <param name="beta">β of the last pass.</param>
    /// <param name="step">Its scoring step.</param>
    /// <param name="alpha">α of the last pass.</param>
    /// <param name="information">φ·M of the last pass, p×p.</param>
    /// <param name="scale">φ.</param>
    public ReadOnlySpan<double> Mix(
        ReadOnlySpan<double> beta, ReadOnlySpan<double> step, ReadOnlySpan<double> alpha, ReadOnlySpan<double> information, double scale)
    {
        for (var j = 0; j < units.Length; j++)
        {
            units[j] = started ? units[j] : Math.Sqrt(information[(j * units.Length) + j] / scale);
            point[j] = beta[j] * units[j];
            move[j] = step[j] * units[j];
        }

        started = true;
        kernel.Alpha.CopyTo(estimate, 0);
        for (var k = 0; k < estimate.Length; k++)
        {
            point[units.Length + k] = alpha[k];
            move[units.Length + k] = estimate[k] - alpha[k];
        }

        mixing.Mix(point, move);
        for (var k = 0; k < estimate.Length; k++)
        {
            kernel.Alpha[k] = alpha[k] + move[units.Length + k];
        }

        if (kernel.Prepare() is not null)
        {
            estimate.CopyTo(kernel.Alpha, 0);
            kernel.Prepare();
            mixing.Clear();
            return step;
        }

        for (var j = 0; j < units.Length; j++)
        {
            move[j] /= units[j];
        }

        return move.AsSpan(0, units.Length);
    }
}
