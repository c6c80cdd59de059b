using MarginalConditional.Cli.Options;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Cli.Fitting;

/// <summary>What the commands that fit a mixed model by quadrature have in common.</summary>
internal static class MixedModels
{
    /// <summary>Refuses a formula without random effects.</summary>
    /// <param name="arguments">The common arguments.</param>
    /// <param name="hint">What to do instead.</param>
    /// <exception cref="InputException">There are none.</exception>
    public static void RequireRandomTerms(FitArguments arguments, string hint)
    {
        if (arguments.Request.Formula.RandomTerms.Count == 0)
        {
            throw new InputException($"The formula \"{arguments.Request.Formula.Text}\" has no random effects.") { Hint = hint };
        }
    }

    /// <summary>Family, link and threads as the user asked; the dispersion held if the family was given with its theta.</summary>
    public static GlmmOptions Options(FitArguments arguments, int threads) => new()
    {
        Family = arguments.Family,
        Link = arguments.Link,
        BetaBinomial = arguments.IsBetaBinomial,
        ZeroInflation = arguments.IsZeroInflated,
        Dispersion = arguments.Family is Family.NegativeBinomialFamily negative && !arguments.EstimatesTheta ? 1 / negative.Theta : null,
        Threads = threads,
    };

    /// <summary>Fits.</summary>
    /// <exception cref="InputException">There is no such model.</exception>
    public static GlmmFit Fit(ModelFrame frame, GlmmOptions options)
    {
        Require(frame, options);
        return GlmmFitter.Fit(frame, options);
    }

    /// <summary>
    /// Refuses a family with a link that has no mixed model, and quadrature over crossed groupings: both are the user's to change.
    /// </summary>
    /// <exception cref="InputException">There is no such model.</exception>
    public static void Require(ModelFrame frame, GlmmOptions options)
    {
        if (GlmmFitter.Problem(frame, options) is { } problem)
        {
            throw new InputException(problem);
        }
    }
}
