using MarginalConditional.Compare.Averaging;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Ladders.Building;

/// <summary>How every rung of a ladder changes between two values of a covariate: an interaction on each rung.</summary>
/// <remarks>
/// Rung by rung h(1, t₁) − h(0, t₁) − h(1, t₀) + h(0, t₀). The influence of a difference is the difference of the influences, for
/// leave-one-out errors too, since they are linear in what is estimated.
/// </remarks>
internal sealed class ChangeLadder
{
    private readonly Dictionary<(string Treated, string Control), LadderQuestion> questions = [];
    private readonly (string Variable, string Values) change;
    private readonly double level;
    private readonly double? degreesOfFreedom;

    /// <summary>Prepares such ladders, which ask the same questions of every model.</summary>
    /// <param name="variable">The covariate.</param>
    /// <param name="values">The values, such as <c>12 - 0</c>.</param>
    /// <param name="level">Of the intervals.</param>
    /// <param name="degreesOfFreedom">Of tests and intervals; null means normal.</param>
    public ChangeLadder(string variable, string values, double level, double? degreesOfFreedom)
    {
        change = (variable, values);
        this.level = level;
        this.degreesOfFreedom = degreesOfFreedom;
    }

    /// <summary>The ladder at one value less that at another.</summary>
    /// <param name="from">At the value left.</param>
    /// <param name="to">At the value reached, about the same arms.</param>
    /// <param name="spread">The variance of the random effects; null for a model without any.</param>
    public EstimandLadder Of(EstimandLadder from, EstimandLadder to, SpreadEstimate? spread = null)
    {
        var rungs = new List<LadderRung>();
        foreach (var reached in to.Rungs)
        {
            var left = from.Rungs.FirstOrDefault(rung => rung.Rung == reached.Rung && rung.Scale == reached.Scale
                && rung.Weighting == reached.Weighting && rung.Question.Treated == reached.Question.Treated);
            if (left is not null)
            {
                rungs.Add(Change(left, reached));
            }
        }

        return new EstimandLadder(rungs, [.. Steps(rungs, to, spread)], []);
    }

    private LadderRung Change(LadderRung left, LadderRung reached)
    {
        var influence = LadderSteps.Less(reached.Influence, left.Influence);
        return reached with
        {
            Question = Question(reached.Question),
            Inference = Coefficient.Wald(
                reached.Name,
                reached.Inference.Estimate - left.Inference.Estimate,
                influence.StandardError(0),
                degreesOfFreedom,
                level),
            Influence = influence,
        };
    }

    /// <summary>The question of a change: one object for all rungs that share it.</summary>
    private LadderQuestion Question(LadderQuestion asked)
    {
        if (!questions.TryGetValue((asked.Treated, asked.Control), out var question))
        {
            question = asked with { At = [.. asked.At.Where(pair => pair.Variable != change.Variable), change] };
            questions.Add((asked.Treated, asked.Control), question);
        }

        return question;
    }

    /// <summary>The steps that the ladder at one value has, where both rungs are there.</summary>
    private IEnumerable<LadderStep> Steps(List<LadderRung> rungs, EstimandLadder to, SpreadEstimate? spread)
    {
        foreach (var step in to.Steps)
        {
            var (above, below) = (Find(step.From), Find(step.To));
            if (above is not null && below is not null)
            {
                yield return LadderSteps.Between(above, below, step.Cause, step.IsZeroByIdentity, degreesOfFreedom, level, spread);
            }

            LadderRung? Find(int number) => rungs.Find(rung => rung.Rung == number && rung.Scale == step.Scale
                && rung.Weighting == step.Weighting && rung.Question.Treated == step.Question.Treated);
        }
    }
}
