using MarginalConditional.Compare.Ladders;
using MarginalConditional.Report.Gallery;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>Why two neighbours on the ladder differ, in sentences with the trial's numbers.</summary>
/// <param name="words">What rungs and steps are called.</param>
/// <param name="level">Of the intervals.</param>
internal sealed class StepReasons(LadderWords words, double level)
{
    private const string Logarithm = "log ";

    /// <summary>From which number to which, by what, and whether that is more than chance would leave.</summary>
    /// <param name="from">The rung above.</param>
    /// <param name="step">The step.</param>
    /// <param name="to">The rung below.</param>
    public string Explain(LadderRung from, LadderStep step, LadderRung to)
    {
        var scale = ScaleOf(from);
        var lead = $"{Capital(words.Averaging(step))}: from {scale.Text(from.Inference.Estimate)} for {words.Whose(from)}, to "
            + $"{scale.Text(to.Inference.Estimate)} for {words.Whose(to)}.";
        if (LadderWords.IsNothing(step) || words.Reason(step).StartsWith("0: ", StringComparison.Ordinal))
        {
            return $"{lead} The step is 0: {words.Reason(step).Replace("0: ", string.Empty, StringComparison.Ordinal)}.";
        }

        return $"{lead} {Mechanism(from, step, to)} {Size(step)}";
    }

    /// <summary>How a rung's numbers are shown.</summary>
    public static EffectScale ScaleOf(LadderRung rung) => rung.Scale.StartsWith(Logarithm, StringComparison.Ordinal)
        ? new EffectScale(Capital(rung.Scale[Logarithm.Length..]), true)
        : EffectScale.Difference(Capital(rung.Scale), [rung.Inference.StandardError]);

    private string Mechanism(LadderRung from, LadderStep step, LadderRung to)
    {
        var ratio = step.Scale.StartsWith(Logarithm, StringComparison.Ordinal) ? step.Scale[Logarithm.Length..] : step.Scale;
        var isNearer = Math.Abs(to.Inference.Estimate) < Math.Abs(from.Inference.Estimate);
        var spread = words.Spread is { } sigma ? $" (\u03C3 = {Figures.Fixed(sigma, 2)} on the scale of the model)" : string.Empty;
        var covariates = string.Join(", ", words.Covariates);
        return step.To switch
        {
            1 when step.Cause == LadderCause.Clusters =>
                $"The {words.Units} differ{spread}, and each has a curve of its own. The average of many curves is flatter than each "
                + $"of them at its steepest, so that the {ratio} of all {words.Units} together "
                + $"{(isNearer ? "lies nearer to no effect than" : "is not")} "
                + $"that within one {words.Unit}. This is non-collapsibility: no bias, and more data would not remove it.",
            1 => $"The effect differs between {words.Units}{spread}: the mean of their {step.Scale}s is not the {step.Scale} of their "
                + "means.",
            2 when step.Cause == LadderCause.Covariates =>
                $"{Capital(words.Persons)} with different values of {covariates} have different risks, and averaging over them "
                + $"does to the {ratio} what averaging over clusters does: non-collapsibility once more.",
            2 => $"The effect differs with the covariates ({covariates}): the mean of {step.Scale}s is not the {step.Scale} of means.",
            3 => "So far the model was believed. From here on the observed means of the arms count too, so that the answer holds whatever "
                + "the model; a step that is more than chance says that the model misses something.",
            _ => $"Until here each {words.Row ?? words.Person} counted once, now each {words.Unit} does, whatever its size. The two differ "
                + $"where the outcome or the effect goes with the size of a {words.Unit}.",
        };
    }

    private string Size(LadderStep step)
    {
        var row = step.Inference;
        var scale = new EffectScale(step.Scale, false);
        var size = $"The step is {scale.Text(row.Estimate)} on the scale of the {step.Scale}";
        return double.IsNaN(row.PValue)
            ? $"{size}; it is not tested."
            : $"{size} (SE {Figures.Fixed(row.StandardError, 3)}, {Figures.Level(level)} interval {scale.Text(row.Lower, row.Upper)}, "
                + $"p {Figures.ProbabilityRelation(row.PValue)}): "
                + (row.PValue < words.Alpha ? "more than chance would leave." : "no more than chance would leave.");
    }

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
