using MarginalConditional.Cli.Imputed;
using MarginalConditional.Compare;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Ordinal;
using MarginalConditional.Data;
using MarginalConditional.Imputation;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>Pools what came of comparing on each imputed data set.</summary>
internal static class PooledSets
{
    /// <summary>The pooled comparison, with what was asked of arms.</summary>
    /// <param name="results">The comparison on each set.</param>
    /// <param name="request">How to pool.</param>
    /// <param name="level">Of the intervals.</param>
    /// <param name="margins">Tests against margins, of pooled rungs.</param>
    /// <exception cref="InputException">The sets are trials of different kinds.</exception>
    public static ComparedSet Of(
        ImputedResults<ComparedSet> results, ImputedRequest request, double level, Func<EstimandLadder, IReadOnlyList<MarginTest>> margins)
    {
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
        var answers = new ArmAnswers(
            Pooled([.. sets.Select(set => set.Answers.Contrasts)], level),
            Pooled([.. sets.Select(set => set.Answers.Pairs)], level),
            margins(clusters?.Ladder ?? persons!.Ladder));
        return new ComparedSet(clusters, persons, null, answers) { HiddenSpread = sets[0].HiddenSpread };
    }

    /// <summary>The pooled comparison of an ordered outcome.</summary>
    /// <param name="results">The comparison on each set.</param>
    /// <param name="request">How to pool.</param>
    public static OrdinalComparison Of(ImputedResults<OrdinalComparison> results, ImputedRequest request) => ComparisonPooler.Pool(
        results.Results,
        [.. results.Sets.Select(set => set.Label)],
        request.ByLogOdds ? PoolScale.Logit : PoolScale.Identity,
        results.Notes);

    private static MeanContrast[] Pooled(IReadOnlyList<MeanContrast>[] sets, double level) =>
    [
        .. sets[0].Select((row, place) => row with
        {
            Inference = PooledRow.Of([.. sets.Select(set => set[place].Inference)], level).Inference,
        }),
    ];
}
