using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Ladders.Building;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Comparison;

/// <summary>Tests whether numbers that were found in each subgroup, from the same fits and clusters, are one.</summary>
internal sealed class SubgroupDifferences
{
    private readonly double? degreesOfFreedom;
    private readonly double level;
    private readonly double same;

    /// <summary>Prepares the tests.</summary>
    /// <param name="degreesOfFreedom">Of the tests; null means normal.</param>
    /// <param name="level">Of the intervals.</param>
    /// <param name="same">The standard error of a difference, as a share of those of its parts, below which there is no difference.</param>
    public SubgroupDifferences(double? degreesOfFreedom, double level, double same)
    {
        this.degreesOfFreedom = degreesOfFreedom;
        this.level = level;
        this.same = same;
    }

    /// <summary>Compares every rung that all subgroups have.</summary>
    /// <param name="results">The subgroups.</param>
    public IEnumerable<SubgroupInteraction> Of(IReadOnlyList<(string Value, EstimandLadder Ladder)> results)
    {
        foreach (var first in results[0].Ladder.Rungs)
        {
            List<LadderRung> all =
            [
                .. results.Select(result => result.Ladder.Rungs.FirstOrDefault(rung => rung.Rung == first.Rung
                    && rung.Scale == first.Scale && rung.Weighting == first.Weighting && rung.Question.Treated == first.Question.Treated))
                    .OfType<LadderRung>(),
            ];
            if (all.Count == results.Count)
            {
                yield return Of([.. results.Select((result, i) => (result.Value, all[i].Inference.Estimate, all[i].Influence))], first);
            }
        }
    }

    /// <summary>Whether one number is the same in all subgroups.</summary>
    /// <remarks>
    /// Errors are those of the differences of influences: what a model without an interaction says of each subgroup is one number, and
    /// its difference has neither size nor error.
    /// </remarks>
    /// <param name="numbers">Its estimate in each, with what each cluster does to it.</param>
    /// <param name="rung">What it is: rung, weighting, scale and arms of the first one.</param>
    public SubgroupInteraction Of(
        IReadOnlyList<(string Value, double Estimate, ClusterInfluence Influence)> numbers, LadderRung rung)
    {
        var first = numbers[0];
        var differences = new List<Coefficient>();
        var (tested, estimates) = (new List<ClusterInfluence>(), new List<double>());
        foreach (var other in numbers.Skip(1))
        {
            var influence = LadderSteps.Less(other.Influence, first.Influence);
            var (size, error) = (other.Estimate - first.Estimate, influence.StandardError(0));
            var rounding = same * Math.Max(first.Influence.StandardError(0), other.Influence.StandardError(0));
            if (error <= rounding && Math.Abs(size) <= rounding)
            {
                (size, error) = (0, 0);
            }
            else
            {
                tested.Add(influence);
                estimates.Add(size);
            }

            differences.Add(Coefficient.Wald($"{other.Value} - {first.Value}", size, error, degreesOfFreedom, level));
        }

        return new SubgroupInteraction
        {
            Rung = rung.Rung,
            Weighting = rung.Weighting,
            Scale = rung.Scale,
            Treated = rung.Question.Treated,
            Control = rung.Question.Control,
            Differences = differences,
            Test = tested.Count == 0
                ? new WaldTest(double.NaN, 0, degreesOfFreedom, double.NaN)
                : Joint([.. estimates], ClusterInfluence.Join(tested).Covariance()),
        };
    }

    private WaldTest Joint(double[] estimates, double[] covariance)
    {
        Contrast[] each =
        [
            .. estimates.Select((_, own) =>
            {
                var weights = new double[estimates.Length];
                weights[own] = 1;
                return new Contrast(string.Empty, weights);
            }),
        ];
        return WaldTest.Joint(each, estimates, covariance, degreesOfFreedom);
    }
}
