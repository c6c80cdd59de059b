using MarginalConditional.Compare.Ladders;

namespace MarginalConditional.Compare.Pooling;

/// <summary>Pools the ladders of several imputed data sets: every rung, step and side by itself.</summary>
/// <remarks>A step is not the difference of pooled rungs tested anew: its error comes from the joint influences of each set.</remarks>
internal static class PooledLadder
{
    /// <summary>The ladder of what all sets have.</summary>
    /// <param name="sets">The ladder of each set.</param>
    /// <param name="pool">Pools rows.</param>
    public static EstimandLadder Of(IReadOnlyList<EstimandLadder> sets, RowPool pool) => new(
        [.. Matched(sets, ladder => ladder.Rungs, Key).Select(rungs => rungs[0] with
        {
            Inference = pool.Estimate(Key(rungs[0]), rungs.Select(rung => rung.Inference)),
            Influence = RowPool.Mean([.. rungs.Select(rung => rung.Influence)]),
        })],
        [.. Matched(sets, ladder => ladder.Steps, Key).Select(steps => steps[0] with
        {
            Inference = pool.Of(Key(steps[0]), steps.Select(step => step.Inference)),
            IsZeroByIdentity = steps.All(step => step.IsZeroByIdentity),
        })],
        [.. Matched(sets, ladder => ladder.Sides, Key).Select(sides => sides[0] with
        {
            Inference = pool.Of(Key(sides[0]), sides.Select(side => side.Inference)),
            Difference = sides.Any(side => side.Difference is null)
                ? null
                : pool.Of("difference of " + Key(sides[0]), sides.Select(side => side.Difference!)),
        })]);

    /// <summary>Items that every set has, by what they are; in the first set's order.</summary>
    /// <param name="sets">The sets.</param>
    /// <param name="of">The items of one.</param>
    /// <param name="key">What an item is.</param>
    public static IEnumerable<IReadOnlyList<T>> Matched<TSet, T>(
        IReadOnlyList<TSet> sets, Func<TSet, IReadOnlyList<T>> of, Func<T, string> key)
        where T : class
    {
        var others = sets.Skip(1).Select(set => of(set).ToLookup(key, StringComparer.Ordinal)).ToArray();
        foreach (var item in of(sets[0]))
        {
            var name = key(item);
            T?[] matches = [item, .. others.Select(other => other[name].FirstOrDefault())];
            if (matches.All(match => match is not null))
            {
                yield return matches!;
            }
        }
    }

    private static string Key(LadderRung rung) => $"rung {rung.Rung}, {rung.Scale}, {rung.Weighting.Name}, {Key(rung.Question)}";

    private static string Key(LadderStep step) =>
        $"step {step.From} to {step.To}, {step.Scale}, {step.Weighting.Name}, {Key(step.Question)}";

    private static string Key(LadderSide side) =>
        $"side of rung {side.Rung}, {side.Name}, {side.Scale}, {side.Weighting?.Name ?? "as weighed"}, {Key(side.Question)}";

    private static string Key(LadderQuestion question) => string.Join("; ",
    [
        $"{question.Treated} - {question.Control}",
        .. question.At.Concat(question.By).Select(pair => $"{pair.Variable} = {pair.Value}"),
    ]);
}
