using System.CommandLine;
using MarginalConditional.Cli.Commands.Glmm;
using MarginalConditional.Cli.Fitting;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Saving;
using MarginalConditional.Compare.Simulation.Likeness;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>The mixed model of a comparison alone, studied by both sides of it.</summary>
internal sealed partial class CompareCommand : IRefits
{
    /// <inheritdoc/>
    public RefittedTrial Refit(ParseResult parse, CommandContext context)
    {
        var arguments = zeroInflation.Apply(parse, common.Read(parse));
        if (imputation.IsAsked(parse))
        {
            throw new InputException("Trials are made like comparisons of one data set.") { Hint = "Keep one without imputations." };
        }

        if (arguments.Ordinal is null && parse.GetValue(cluster) is null && arguments.Request.Formula.RandomTerms.Count == 0)
        {
            return KeptComparison.Of(CompareByPerson(parse, context, arguments, null).Persons!);
        }

        var structure = correlation.Structure(parse);
        var marginal = KeptComparison.MarginalMethod(structure, parse.GetValue(variance), standardization.IsNormal(parse));
        if (arguments.Ordinal is { } link)
        {
            var ordered = correlation.Apply(parse, structure, ComparedRequest.Of(parse.GetValue(cluster), arguments.Request));
            var rows = FrameReading.Build(arguments, ordered with { RequireClusters = true });
            return KeptOrdinalFit.Of(OrdinalModels.Fit(rows, OrdinalOptionsOf(parse, link, rows, context)), marginal);
        }

        var frame = FrameReading.Build(arguments, ClusteredRequest(parse, arguments, structure));
        if (RandomizationOptions.HidesSpread(frame, arguments.Family))
        {
            return KeptComparison.Of(CompareByPerson(parse, context, arguments, frame).Persons!);
        }

        ComparedClusters.Check(frame);
        var fit = MixedModels.Fit(frame, nodes.Apply(parse, MixedModels.Options(arguments, context.Output.Threads), frame));
        var rule = FormattableString.Invariant($"{{nodes: {fit.Nodes}}}");
        return new RefittedTrial(
            TrialLikeness.Of(fit), fit.Convergence.Converged, [$"glmm: {rule}", marginal, $"marginalized-glmm: {rule}"]);
    }
}
