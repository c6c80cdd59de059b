using System.CommandLine;
using MarginalConditional.Cli.Fitting;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Saving;
using MarginalConditional.Compare.Simulation.Likeness;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Commands.Glmm;

/// <summary>The fit alone.</summary>
internal sealed partial class GlmmCommand : IRefits
{
    /// <inheritdoc/>
    public RefittedTrial Refit(ParseResult parse, CommandContext context)
    {
        var arguments = zeroInflation.Apply(parse, common.Read(parse));
        if (pseudoLikelihood.IsAsked(parse) || imputation.IsAsked(parse))
        {
            throw new InputException("Trials are made like fits by quadrature to one data set.")
            {
                Hint = "Keep such a fit.",
            };
        }

        if (arguments.Ordinal is { } link)
        {
            var frame = FrameReading.Build(arguments, arguments.Request);
            return KeptOrdinalFit.Of(OrdinalModels.Fit(frame, OrdinalOptionsOf(parse, link, frame, context)), "gee");
        }

        var fit = MixedModels.Fit(FrameReading.Build(arguments, arguments.Request), Options(parse, arguments, context));
        var rule = FormattableString.Invariant($"{{nodes: {fit.Nodes}}}");
        return new RefittedTrial(
            TrialLikeness.Of(fit), fit.Convergence.Converged, [$"glmm: {rule}", "gee", $"marginalized-glmm: {rule}"]);
    }
}
