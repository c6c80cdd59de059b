using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Inference;

namespace MarginalConditional.Cli.Results;

/// <summary>Where a command stops whose result would be made of infinite estimates: with the conditional model and a sentence.</summary>
internal static class SeparatedResult
{
    /// <summary>Writes the coefficients, what is finite among them, and why there is no more; returns the exit code.</summary>
    /// <param name="command">The command.</param>
    /// <param name="missing">What there is not, such as <c>comparison</c>.</param>
    /// <param name="fit">A fit of separated outcomes.</param>
    /// <param name="arguments">What the user asked for.</param>
    /// <param name="context">Where to.</param>
    public static int Write(string command, string missing, GlmmFit fit, FitArguments arguments, CommandContext context) => FitOutput.Write(
        new FitSummary
        {
            Command = command,
            Title = $"Conditional (subject-specific) model; no {missing}, because the likelihood has no maximum",
            Source = arguments.Data.Path,
            Formula = arguments.Request.Formula.ToString(),
            Family = fit.Options.DistributionName,
            Link = fit.Link.Name,
            Frame = fit.Frame,
            Coefficients = GlmmInference.Of(fit).Table(context.Output.Level),
            Convergence = fit.Convergence,
            Tolerances = fit.Options.Tolerances.All,
            Warnings = [.. fit.Warnings, $"There is no {missing}: infinite coefficients have no size that could be averaged or compared."],
        },
        context);
}
