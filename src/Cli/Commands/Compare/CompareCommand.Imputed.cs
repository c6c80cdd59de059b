using System.CommandLine;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Imputed;
using MarginalConditional.Cli.Options;
using MarginalConditional.Compare;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Data;
using MarginalConditional.Imputation;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Commands.Compare;

internal sealed partial class CompareCommand
{
    /// <summary>What belongs to one data set does not go with several imputed ones.</summary>
    private void RefuseImputed(DocumentedCommand command)
    {
        imputation.Refuse(command, "a dial turns in one data set", dials.Option);
        imputation.Refuse(command, "tests that assign clusters anew have no rules to be pooled by", permutations);
    }

    /// <summary>Compares in each imputed set, pools, and reads the verdict from pooled rows.</summary>
    private int RunImputed(ParseResult parse, FitArguments arguments, CommandContext context)
    {
        var request = imputation.Read(parse, null);
        var results = ImputedFits.Each(
            request, arguments, set => Compare(parse, set, context), one => one.Convergence, one => one.Frame);
        var sets = results.Results;
        if (sets.Any(set => set.Clusters is null) && sets.Any(set => set.Clusters is not null))
        {
            throw new InputException("The imputed data sets are trials by cluster in part, and in part by person.");
        }

        string[] names = [.. results.Sets.Select(set => set.Label)];
        var scale = request.ByLogOdds ? PoolScale.Logit : PoolScale.Identity;
        var clusters = sets[0].Clusters is null ? null
            : ComparisonPooler.Pool([.. sets.Select(set => set.Clusters!)], names, scale, results.Notes);
        var persons = sets[0].Persons is null ? null
            : ComparisonPooler.Pool([.. sets.Select(set => set.Persons!)], names, scale, results.Notes);
        var level = context.Output.Level;
        var ladder = clusters?.Ladder ?? persons!.Ladder;
        var margins = arms.Answers(parse, [], ladder, HigherIsBetter(parse), level, marginsOnly: true).Margins;
        return Write(
            new ComparedSet(clusters, persons, null, new ArmAnswers(
                Pooled([.. sets.Select(set => set.Answers.Contrasts)], level), Pooled([.. sets.Select(set => set.Answers.Pairs)], level),
                margins))
            {
                HiddenSpread = sets[0].HiddenSpread,
            },
            parse,
            arguments,
            context);
    }

    private static MeanContrast[] Pooled(IReadOnlyList<MeanContrast>[] sets, double level) =>
    [
        .. sets[0].Select((row, place) => row with
        {
            Inference = PooledRow.Of([.. sets.Select(set => set[place].Inference)], level).Inference,
        }),
    ];
}
