using System.CommandLine;
using MarginalConditional.Cli.Fitting;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Compare.Ordinal;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Cli.Commands.Marginalize;

internal sealed partial class MarginalizeCommand
{
    private readonly OrdinalOptions ordinal = new(tests: false);

    /// <summary>Averages a cumulative mixed model over its random effects, writes it, and returns the exit code.</summary>
    private int RunOrdinal(ParseResult parse, FitArguments arguments, CumulativeLink link, CommandContext context)
    {
        var frame = FrameReading.Build(arguments, arguments.Request with { RequireClusters = true });
        var fit = OrdinalModels.Fit(frame, new OrdinalGlmmOptions
        {
            Link = link,
            NominalColumns = ordinal.NominalColumns(parse, frame.Design),
            Nodes = nodes.ForOrdinal(parse, OrdinalModels.HasOneGrouping(frame)),
            Threads = context.Output.Threads,
        });
        var contrasts = ContrastTexts.Read(arguments.Contrasts, fit.Layout.Names);
        var marginal = fit.HasInfiniteEstimates ? null : MarginalizedThresholds.Of(fit);
        return OrdinalMarginalReport.Write(fit, marginal, contrasts, arguments, context);
    }
}
