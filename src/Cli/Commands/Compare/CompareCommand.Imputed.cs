using System.CommandLine;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Imputed;
using MarginalConditional.Cli.Options;

namespace MarginalConditional.Cli.Commands.Compare;

internal sealed partial class CompareCommand
{
    /// <summary>What belongs to one data set does not go with several imputed ones.</summary>
    private void RefuseImputed(DocumentedCommand command)
    {
        imputation.Refuse(command, "what is kept is one comparison", keep.All);
        imputation.Refuse(command, "where a conclusion turns is a place, which has no variance to be pooled", dials.Option);
        imputation.Refuse(command, "tests that assign clusters anew have no variance to be pooled by", randomization.Permutations);
    }

    /// <summary>Compares in each imputed set, pools, and reads the verdict from pooled rows.</summary>
    private int RunImputed(ParseResult parse, FitArguments arguments, CommandContext context)
    {
        var request = imputation.Read(parse, null);
        var results = ImputedFits.Each(
            request, arguments, set => Compare(parse, set, context), one => one.Convergence, one => one.Frame);
        return Write(
            PooledSets.Of(results, request, context.Output.Level, ladder =>
                arms.Answers(parse, [], ladder, words.HigherIsBetter(parse), context.Output.Level, marginsOnly: true).Margins),
            parse,
            arguments,
            context);
    }
}
