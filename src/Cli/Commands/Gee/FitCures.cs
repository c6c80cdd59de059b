using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Commands.Gee;

/// <summary>Tries what may help where outcomes are separated or the correlation is not positive definite; names what does.</summary>
internal static class FitCures
{
    /// <summary>A cure of the correlation that needs more iterations than these is none to recommend.</summary>
    private const int MostIterations = 25;

    /// <summary>One sentence, or none when nothing has to be cured.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="frame">The rows fitted.</param>
    public static IReadOnlyList<string> Of(GeeFit fit, ModelFrame frame)
    {
        var options = fit.Options;
        if (fit.Separated is not null && Converges(frame, options with { BiasReduction = BiasReduction.Firth }))
        {
            return ["Penalized equations have finite estimates here, drawn towards 0: --bias-reduction firth."];
        }

        if (fit.Convergence.Status != ConvergenceStatus.NotPositiveDefinite)
        {
            return [];
        }

        var cures = new List<string>();
        options = options with { MaximumIterations = Math.Min(options.MaximumIterations, MostIterations) };
        if (options.Moments != MomentConvention.Geepack && Converges(frame, options with { Moments = MomentConvention.Geepack }))
        {
            cures.Add("--moments geepack");
        }

        if (!options.RepairCorrelation && Converges(frame, options with { RepairCorrelation = true }))
        {
            cures.Add("--repair nearest");
        }

        if (options.Correlation != WorkingCorrelation.Exchangeable
            && Converges(frame, options with { Correlation = WorkingCorrelation.Exchangeable }))
        {
            cures.Add("--corr exchangeable");
        }

        return cures.Count == 0
            ? ["The equations hold under working independence whatever the correlation is: --corr independence."]
            : [$"With these data the equations can be solved with {string.Join(", or ", cures)}."];
    }

    private static bool Converges(ModelFrame frame, GeeOptions options) => GeeFitter.Fit(frame, options).Convergence.Converged;
}
