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
        Dispersion = arguments.Family is Family.NegativeBinomialFamily negative && !arguments.EstimatesTheta ? 1 / negative.Theta : null,
        Threads = threads,
    };

    /// <summary>Fits.</summary>
    /// <exception cref="InputException">There is no such model.</exception>
    public static GlmmFit Fit(ModelFrame frame, GlmmOptions options) => Guard(() => GlmmFitter.Fit(frame, options));

    /// <summary>Runs what fits a mixed model. A family with a link that has none, and crossed groupings, are the user's to change.</summary>
    /// <exception cref="InputException">There is no such model.</exception>
    public static T Guard<T>(Func<T> fit)
    {
        try
        {
            return fit();
        }
        catch (ArgumentException problem) when (problem.ParamName is "link" or "levels")
        {
            throw new InputException(problem.Message.Split(" (Parameter", 2)[0], problem);
        }
    }
}
