using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Ladders.Building;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Data;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Persons;

/// <summary>The ladder of each subgroup in a trial by person: that of a trial by cluster in which each person is a cluster.</summary>
/// <remarks>
/// Its rungs begin at the second, and there is one weighting; tests have the subgroup's persons less 1 degrees of freedom. Under permuted
/// blocks every rung and step loses what stratum and arm hold fixed (<see cref="StratifiedInfluence"/>), subgroups or not.
/// </remarks>
internal static class PersonSubgroups
{
    private const string Method = "GLM";

    /// <summary>Builds them; null where no column of subgroups was named or the arms cannot be set.</summary>
    /// <param name="estimates">The fit and what was asked for.</param>
    /// <param name="effects">The coefficients of the treatment.</param>
    /// <exception cref="InputException">Rows stand for several persons.</exception>
    public static SubgroupAnalysis? Analyse(PersonEstimates estimates, IReadOnlyList<TreatmentEffect> effects)
    {
        var (fit, asked) = (estimates.Model.Fit, estimates.Options);
        if (asked.By is not { } column)
        {
            return null;
        }

        if (estimates.Model.Persons.AreCounted || estimates.Model.Persons.HaveWeights)
        {
            throw new InputException("--by needs a row for each person, and here rows are counted or weighted.")
            {
                Hint = "Leave --weights and --trials out and give each person a row, or leave --by out.",
            };
        }

        var options = new ComparisonOptions
        {
            Treatment = asked.Treatment,
            Gee = fit.Options,
            Glmm = new GlmmOptions { Family = asked.Family, Link = asked.EffectiveLink, Threads = asked.Threads },
            At = asked.At,
            Level = asked.Level,
            NormalReference = asked.NormalReference,
            By = column,
        };
        var model = WorkingModel.Of(GeeInference.Of(
            fit, GeeVariance.Robust, GeeDegreesOfFreedom.ClustersMinusCoefficients, asked.Level));
        var errors = estimates.InfluenceErrors;
        var changes = errors == StandardizedErrors.Influence ? model.Influence.Values.ToArray()
            : errors == StandardizedErrors.Jackknife ? model.Refits()
            : model.Deletions();
        var terms = new LadderTerms(fit.Options.EffectiveLink, effects.All(effect => !effect.IsInteraction), withoutSpread: true);
        var results = new List<SubgroupResult>();
        var subgroups = SubgroupComparer.Subgroups(fit.Frame, column, options.Tolerances.MostSubgroups);
        using var work = LongWork.Begin("subgroups", subgroups.Count);
        foreach (var subgroup in work.Each(subgroups))
        {
            if (TrialStandardization.Of(fit.Frame, options, estimates.Levels, subgroup: subgroup) is not { } question)
            {
                return null;
            }

            var averages = question.Averages(model, errors, changes);
            results.Add(new SubgroupResult
            {
                Value = subgroup.Value,
                Rows = subgroup.Rows.Count(own => own),
                Clusters = averages.ClustersSeen,
                Standardized = [StandardizedResults.Of(Method, question, averages, options).First()],
                Ladder = OfPersons(new ClusterLadder(question, averages, terms, options).Build(), estimates),
            });
        }

        return new SubgroupAnalysis(column, results, [.. SubgroupComparer.Interactions(results, options)]);
    }

    /// <summary>The rungs that a trial by person has, under their names there, with errors as persons were randomized.</summary>
    private static EstimandLadder OfPersons(EstimandLadder ladder, PersonEstimates estimates)
    {
        List<LadderRung> rungs =
        [
            .. ladder.Rungs
                .Where(rung => rung.Rung is >= 1 and <= 3 && rung.Weighting == ClusterWeighting.Participant)
                .Select(rung => rung.Rung == 1 ? rung with { Name = PersonLadder.Name(1) } : rung)
                .Select(rung => estimates.IsBalanced ? Balanced(rung, estimates) : rung),
        ];
        return new EstimandLadder(
            rungs,
            [
                .. ladder.Steps.Where(step => step.From is 1 or 2 && step.Weighting == ClusterWeighting.Participant)
                    .Select(step => estimates.IsBalanced && !step.IsZeroByIdentity ? Between(step, rungs, estimates) : step),
            ],
            []);
    }

    private static LadderRung Balanced(LadderRung rung, PersonEstimates estimates)
    {
        var influence = StratifiedInfluence.Of(rung.Influence, estimates.Model.Persons);
        return rung with
        {
            Influence = influence,
            Inference = Coefficient.Wald(
                rung.Inference.Term,
                rung.Inference.Estimate,
                influence.StandardError(0),
                rung.Inference.DegreesOfFreedom,
                estimates.Options.Level),
        };
    }

    private static LadderStep Between(LadderStep step, List<LadderRung> rungs, PersonEstimates estimates)
    {
        return LadderSteps.Between(
            Find(step.From), Find(step.To), step.Cause, step.IsZeroByIdentity, step.Inference.DegreesOfFreedom, estimates.Options.Level);

        LadderRung Find(int number) => rungs.First(rung =>
            rung.Rung == number && rung.Scale == step.Scale && rung.Question == step.Question);
    }
}
