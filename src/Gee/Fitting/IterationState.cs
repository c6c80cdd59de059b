using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee.Fitting;

/// <summary>Where an iteration stands: β, the count of passes, and how it ended.</summary>
internal sealed class IterationState(int coefficients)
{
    /// <summary>β, p values.</summary>
    public double[] Beta { get; set; } = new double[coefficients];

    /// <summary>Buffer for the next β.</summary>
    public double[] Trial { get; set; } = new double[coefficients];

    /// <summary>The number of passes over the data since the iteration began, or began again.</summary>
    public int Passes { get; set; }

    /// <summary>The last scaled score.</summary>
    public double Criterion { get; set; } = double.PositiveInfinity;

    /// <summary>How it ended.</summary>
    public ConvergenceStatus Status { get; set; } = ConvergenceStatus.IterationLimit;

    /// <summary>A sentence when it did not end well.</summary>
    public string Message { get; set; } = "";

    /// <summary>The sentence of a cap that was reached.</summary>
    public static string LimitReached(int passes) =>
        $"The limit of {passes} passes over the data was reached; --max-iterations allows more.";

    /// <summary>Ends the iteration.</summary>
    public void Stop(ConvergenceStatus status, string message = "")
    {
        Status = status;
        Message = message;
    }

    /// <summary>Makes the trial the current β.</summary>
    public void Accept() => (Beta, Trial) = (Trial, Beta);

    /// <summary>Begins again at the trial, whose pass is the first.</summary>
    public void BeginAgain()
    {
        Accept();
        (Passes, Criterion) = (1, double.PositiveInfinity);
        Stop(ConvergenceStatus.IterationLimit);
    }

    /// <summary>Trial = β + fraction · step.</summary>
    public void Propose(ReadOnlySpan<double> step, double fraction)
    {
        for (var j = 0; j < step.Length; j++)
        {
            Trial[j] = Beta[j] + (fraction * step[j]);
        }
    }
}
