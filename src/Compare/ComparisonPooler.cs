using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Comparison.Reasons;
using MarginalConditional.Compare.Comparison.Statements;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders.Building;
using MarginalConditional.Compare.Ordinal;
using MarginalConditional.Compare.Persons;
using MarginalConditional.Compare.Pooling;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Imputation;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare;

/// <summary>Pools comparisons that were made in each of several imputed data sets: rows first, then reasons and words from these.</summary>
/// <remarks>
/// Every row is pooled by itself (Rubin 1987; Barnard and Rubin 1999). Gaps and steps are formed in each set, from its joint influences,
/// and then pooled. The verdict is read from pooled rows.
/// </remarks>
public static class ComparisonPooler
{
    /// <summary>Pools comparisons of a trial by cluster.</summary>
    /// <param name="sets">The comparison in each set, 2 or more, of the same question, of fits that can be compared.</param>
    /// <param name="names">What the sets are called.</param>
    /// <param name="risks">The scale that standardized means are pooled on.</param>
    /// <param name="notes">What else is to be noted, such as sets that were left out; one sentence each.</param>
    public static ModelComparison Pool(
        IReadOnlyList<ModelComparison> sets, IReadOnlyList<string> names, PoolScale risks, IReadOnlyList<string> notes)
    {
        ArgumentNullException.ThrowIfNull(sets);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(risks);
        ArgumentNullException.ThrowIfNull(notes);
        var first = sets[0];
        var pool = new RowPool(first.Options.Level);
        var boundary = sets.Count(set => set.Spread == 0);
        var models = first.Models with
        {
            Effects = [.. first.Effects.Select((_, e) => Effect([.. sets.Select(set => set.Effects[e])], pool))],
            Means = new PooledMeans(pool, risks).Of([.. sets.Select(set => set.Models.Means)]),
            PooledSpread = Math.Sqrt(sets.Average(set => set.Spread * set.Spread)),
            Notes =
            [
                .. SetRemarks.Of(names, [.. sets.Select(set => set.Notes)]).Except(first.Frame.Notes, StringComparer.Ordinal),
                .. Boundary(boundary, sets.Count, first.Options.Trial), .. notes,
            ],
        };
        models = models with
        {
            Notes = [.. models.Notes, .. SetRemarks.OfMissing(pool.Estimates, sets.Count)],
        };
        var summaries = PooledSummaries.Of([.. sets.Select(set => set.Summaries)], pool, SizeStep.Of(models.Ladder));
        ReasonCheck[] own = first.Options.CheckReasons
            ?
            [
                .. new[]
                {
                    LadderStepCheck.Size(models), LadderStepCheck.Model(models), OverTimeCheck.Averages(models),
                    OverTimeCheck.Exposures(models),
                }.OfType<ReasonCheck>(),
                .. SizeTestSigns.Of(summaries.SizeTests, first.Options.Tolerances.Alpha),
            ]
            : [];
        var told = own.Select(check => check.Key)
            .Concat(sets.SelectMany(set => set.Checks).Select(check => check.Key)
                .Where(key => key.StartsWith("informative-size:", StringComparison.Ordinal)))
            .ToHashSet(StringComparer.Ordinal);
        ReasonCheck[] checks =
            [.. own, .. PooledChecks.Of([.. sets.Select(set => set.Checks)], first.Options.Tolerances.Alpha, told)];
        CoefficientTable[] marginal = [.. sets.Select(set => set.Marginal.CoefficientTable())];
        CoefficientTable[] conditional = [.. sets.Select(Conditional)];
        return new ModelComparison(models, checks, VerdictText.Of(models, checks), EstimandStatements.Of(models, summaries, []))
        {
            Summaries = summaries,
            Warnings = SetRemarks.Of(names, [.. sets.Select(set => set.Warnings)]),
            Pooled = new PooledFacts
            {
                Sets = names,
                Rows = pool.Rows,
                Marginal = Coefficients(marginal, first.Options.Level),
                Conditional = Coefficients(conditional, first.Options.Level),
                MarginalOfSets = marginal,
                ConditionalOfSets = conditional,
            },
        };
    }

    /// <summary>Pools comparisons of a trial by person.</summary>
    /// <param name="sets">The comparison in each set, 2 or more, of the same question.</param>
    /// <param name="names">What the sets are called.</param>
    /// <param name="risks">The scale that standardized means are pooled on.</param>
    /// <param name="notes">What else is to be noted, such as sets that were left out; one sentence each.</param>
    public static PersonComparison Pool(
        IReadOnlyList<PersonComparison> sets, IReadOnlyList<string> names, PoolScale risks, IReadOnlyList<string> notes)
    {
        ArgumentNullException.ThrowIfNull(sets);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(risks);
        ArgumentNullException.ThrowIfNull(notes);
        var first = sets[0];
        var pool = new RowPool(first.Options.Level);
        var means = new PooledMeans(pool, risks);
        var ladder = PooledLadder.Of([.. sets.Select(set => set.Ladder)], pool);
        ReasonCheck[] checks = [.. PooledChecks.Of([.. sets.Select(set => set.Checks)], first.Options.Tolerances.Alpha, [])];
        var coefficients = Coefficients([.. sets.Select(set => set.Coefficients)], first.Options.Level);
        return first.Pooled(
            new CoefficientTable([.. coefficients.Select(row => row.Inference)], first.Options.Level),
            first.Standardized is not { } standardized ? null : standardized.Pooled(
                means.Means([.. sets.Select(set => set.Standardized!.Means.ToArray())]),
                PooledVector.Of(
                    [.. sets.SelectMany(set => set.Standardized!.Means.ToArray())],
                    [.. sets.SelectMany(set => set.Standardized!.Covariance.ToArray())],
                    sets.Count).Total(),
                means.Contrasts([.. sets.Select(set => set.Standardized!.Contrasts)], "GLM")),
            ladder,
            first.Subgroups is null ? null : means.Subgroups([.. sets.Select(set => set.Subgroups!)]),
            checks,
            [.. SetRemarks.Of(names, [.. sets.Select(set => set.Notes)]), .. SetRemarks.OfMissing(pool.Estimates, sets.Count), .. notes],
            SetRemarks.Of(names, [.. sets.Select(set => set.Warnings)]),
            new PooledFacts
            {
                Sets = names,
                Rows = pool.Rows,
                Marginal = coefficients,
                Conditional = [],
                MarginalOfSets = [.. sets.Select(set => set.Coefficients)],
                ConditionalOfSets = [],
            });
    }

    /// <summary>Pools comparisons of an ordered outcome.</summary>
    /// <param name="sets">The comparison in each set, 2 or more, of the same question, with fits that can be read.</param>
    /// <param name="names">What the sets are called.</param>
    /// <param name="risks">The scale that probabilities of categories are pooled on; win probabilities are by log odds.</param>
    /// <param name="notes">What else is to be noted, such as sets that were left out; one sentence each.</param>
    public static OrdinalComparison Pool(
        IReadOnlyList<OrdinalComparison> sets, IReadOnlyList<string> names, PoolScale risks, IReadOnlyList<string> notes)
    {
        ArgumentNullException.ThrowIfNull(sets);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(risks);
        ArgumentNullException.ThrowIfNull(notes);
        var first = sets[0];
        var pool = new RowPool(first.Options.Level);
        var spread = sets.Count(set => OrdinalComparisonBuilder.HasSpread(set.Glmm));
        CoefficientTable[] marginal = [.. sets.Select(set => set.Inference.CoefficientTable())];
        CoefficientTable[] conditional = [.. sets.Select(set => OrdinalGlmmInference.Of(set.Glmm).Table(first.Options.Level))];
        var pooled = new PooledOrdinal(pool, risks).Of(sets) with
        {
            Warnings = SetRemarks.Of(names, [.. sets.Select(set => set.Warnings)]),
            Spread = first.Spread is null ? null : Math.Sqrt(sets.Average(set => (set.Spread * set.Spread) ?? 0)),
            Pooled = new PooledFacts
            {
                Sets = names,
                Rows = pool.Rows,
                Marginal = Coefficients(marginal, first.Options.Level),
                Conditional = Coefficients(conditional, first.Options.Level),
                MarginalOfSets = marginal,
                ConditionalOfSets = conditional,
            },
        };
        return pooled with
        {
            Notes =
            [
                .. SetRemarks.Of(names, [.. sets.Select(set => (IReadOnlyList<string>)[.. set.Frame.Notes, .. set.Notes])])
                    .Except(first.Frame.Notes, StringComparer.Ordinal),
                .. Boundary(sets.Count - spread, sets.Count, first.Options.Trial), .. notes,
                .. SetRemarks.OfMissing(pool.Estimates, sets.Count),
            ],
            Verdict = OrdinalVerdict.Of(pooled, spread > 0),
        };
    }

    private static EffectComparison Effect(IReadOnlyList<EffectComparison> sets, RowPool pool)
    {
        var first = sets[0];
        var name = first.Effect.Name;
        return first with
        {
            Conditional = Row(set => set.Conditional),
            Marginalized = Row(set => set.Marginalized),
            Marginal = Row(set => set.Marginal),
            MarginalLikelihood = sets.Any(set => set.MarginalLikelihood is null) ? null : Row(set => set.MarginalLikelihood!),
            Gap = pool.Gap(name, [.. sets.Select(set => set.Gap)]),
        };

        EstimandRow Row(Func<EffectComparison, EstimandRow> of) => pool.Row(name, [.. sets.Select(of)]);
    }

    private static CoefficientTable Conditional(ModelComparison comparison) => new(
        comparison.Frame.Design.Names, comparison.Glmm.Coefficients, comparison.Glmm.StandardErrors, level: comparison.Options.Level);

    private static PooledRow[] Coefficients(IReadOnlyList<CoefficientTable> sets, double level) =>
        [.. Enumerable.Range(0, sets[0].Count).Select(j => PooledRow.Of([.. sets.Select(set => set[j])], level))];

    /// <summary>What a variance at its boundary in some of the sets does to the pooled rows.</summary>
    private static IEnumerable<string> Boundary(int count, int sets, TrialDescription trial)
    {
        if (count > 0 && count < sets)
        {
            yield return FormattableString.Invariant(
                $"The random effects have variance 0 (on the boundary) in {count} of {sets} imputed sets: what averaging over ")
                + $"{trial.Units} changes is pooled without limits.";
        }
    }
}
