using MarginalConditional.Compare.Dials;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Data;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Comparison;

/// <summary>Turns the dials that a comparison was asked for, and says how far the conclusion holds.</summary>
internal static class SensitivityDials
{
    /// <summary>Every dial asked for, in the order they are shown.</summary>
    /// <exception cref="InputException">A dial needs what the comparison does not have.</exception>
    public static IReadOnlyList<DialResult> Of(ComparedModels comparison)
    {
        Dial[] asked = [.. Dial.All.Where(comparison.Options.Dials.Contains)];
        using var work = LongWork.Begin("dials", asked.Length);
        return
        [
            .. work.Each(asked).Select(dial =>
                dial == Dial.Law ? Law(comparison) : dial == Dial.Size ? Size(comparison) : Dropout(comparison)),
        ];
    }

    private static DialResult Law(ComparedModels comparison)
    {
        var laws = comparison.Laws ?? throw new InputException(
            "--dial law needs a binomial or Poisson model with one random intercept that has a variance.")
        {
            Hint = "Leave --dial law out, or give the clusters a random intercept alone.",
        };
        var conclusion = laws.Normal.GroupBy(point => point.Question).Select(group =>
        {
            var changes = laws.Changes.Where(change => change.Point.Question == group.Key).ToList();
            if (changes.Count == 0)
            {
                return "No fit with another law converged.";
            }

            // A law that the data refute is shown, but no alternative.
            var refuted = changes.Where(change => change.Point.IsRefuted).Select(change => change.Point.Setting).Distinct().ToList();
            var rest = refuted.Count == 0 ? string.Empty : $" The data refute {string.Join(" and ", refuted)}.";
            changes = [.. changes.Where(change => !change.Point.IsRefuted)];
            if (changes.Count == 0)
            {
                return $"No law other than the normal is left.{rest}";
            }

            var largest = changes.MaxBy(change => Math.Abs(change.Change))!;
            var turned = changes.Where(change => Turned(
                group.First(point => point.Rung == change.Point.Rung), change.Point, comparison.Options.Level)).ToList();
            var size = $"the largest change is {Wording.Signed(largest.Change, 2)} standard errors (rung {largest.Point.Rung}, "
                + $"{largest.Point.Setting}, log-likelihood {Wording.Signed(largest.LogLikelihood, 1)})";
            return turned.Count == 0
                ? $"The conclusion holds under every law {(rest.Length > 0 ? "left" : "tried")}: {size}.{rest}"
                : $"The conclusion holds until the law is {turned[0].Point.Setting} (rung {turned[0].Point.Rung}): {size}.{rest}";
        });
        return new DialResult(Dial.Law, [.. laws.Normal, .. laws.Changes.Select(change => change.Point)], [.. conclusion]);
    }

    private static DialResult Size(ComparedModels comparison)
    {
        var (options, working) = (comparison.Options, comparison.Working);
        if (Question(comparison) is not { IsRobust: true } question)
        {
            throw new InputException("--dial size turns rungs 3 and 4 of the ladder, and this comparison has none.")
            {
                Hint = $"It needs arms that rows can be set to (--factor {options.Treatment}) and rows seen at the values of --at.",
            };
        }

        if (working.HasNoClusters)
        {
            throw new InputException($"--dial size has no standard errors where random effects reach across values of "
                + $"{comparison.Frame.Clusters.Name}.")
            {
                Hint = "Leave the dial out, or compare a model whose random effects lie within clusters.",
            };
        }

        var dial = new SizeDial(question, working.Mixed, working.MixedErrors, working.MixedChanges, options);
        if (!dial.Varies)
        {
            return new DialResult(
                Dial.Size, [], [$"All {options.Trial.Units} have one size, so no effect goes with it: there is nothing to turn."]);
        }

        var turns = question.Questions.Select((asked, arm) => (Asked: asked, Turn: dial.Turn(arm + 1, Measure(comparison)))).ToList();
        var conclusions = turns.Select(pair => (turns.Count > 1 ? $"{pair.Asked.Treated}: " : string.Empty) + (pair.Turn is { } turn
            ? SizeConclusion(turn, comparison)
            : "how far the effect may go with size cannot be told from so few clusters, or one size in an arm."));
        return new DialResult(Dial.Size, [.. turns.SelectMany(pair => pair.Turn?.Points ?? [])], [.. conclusions]);
    }

    private static string SizeConclusion(SizeTurn turn, ComparedModels comparison)
    {
        var reach = $"{Wording.Number(SizeDial.Farthest, 0)} standard errors of \u03B3 ({Wording.Number(turn.Unit, 3)} each)";
        var parts = Enumerable.Range(0, 2).Select(rung =>
        {
            var shown = IsShown(turn.Unmoved[rung], comparison.Options.Level);
            return turn.Intervals[rung] is { } gamma
                ? $"the test of rung {3 + rung} {(shown ? "loses" : "finds")} the effect at \u03B3 = {Wording.Signed(gamma, 3)}"
                : $"the test of rung {3 + rung} {(shown ? "keeps" : "does not find")} the effect within {reach}";
        }).ToList();
        parts.Add(turn.Signs is { } sign
            ? $"the two averages have other signs from \u03B3 = {Wording.Signed(sign, 3)} on"
            : $"the two averages have one sign within {reach}");
        return $"The conclusion holds until the effect goes with ln size: {string.Join("; ", parts)}.";
    }

    private static DialResult Dropout(ComparedModels comparison)
    {
        var (options, working) = (comparison.Options, comparison.Working);
        if (DropoutDial.Refusal(comparison.Glmm, options) is { } refusal)
        {
            throw refusal;
        }

        var question = Question(comparison) ?? throw new InputException("--dial dropout needs arms that rows can be set to.")
        {
            Hint = $"Make the treatment a category with --factor {options.Treatment}.",
        };
        var dial = new DropoutDial(comparison.Glmm, question, working.Mixed, working.MixedErrors, working.MixedChanges, options);
        if (!dial.AnyDropout)
        {
            return new DialResult(
                Dial.Dropout, [], [$"No {options.Trial.Unit} dropped out before a visit that is asked about: there is nothing to turn."]);
        }

        if (working.MixedChanges.AsSpan().ContainsAnyExceptInRange(double.MinValue, double.MaxValue))
        {
            return new DialResult(
                Dial.Dropout,
                [],
                [$"How far the conclusion holds cannot be told: a coefficient rests on a single {options.Trial.Unit}, and standard errors "
                    + "that leave one out at a time have no number."]);
        }

        var turns = question.Questions.Select((asked, arm) => (Asked: asked, Turn: dial.Turn(arm + 1, Measure(comparison)))).ToList();
        var conclusions = turns.Select(pair =>
            (turns.Count > 1 ? $"{pair.Asked.Treated}: " : string.Empty) + DropoutConclusion(pair.Asked.Treated, pair.Turn, comparison));
        return new DialResult(Dial.Dropout, [.. turns.SelectMany(pair => pair.Turn.Points)], [.. conclusions]);
    }

    private static string DropoutConclusion(string arm, DropoutTurn turn, ComparedModels comparison)
    {
        var reach = $"within {Wording.Number(DropoutDial.Farthest, 0)} of 0";
        var claim = IsShown(turn.Unmoved, comparison.Options.Level) ? "that there is an effect" : "that no effect is shown";
        var until = turn.Test is { } test ? $"holds until {At(test)}" : $"holds for every \u03B4 {reach}";
        var none = turn.Effect is { } effect
            ? $"the effect is none at \u03B4 = {Wording.Signed(effect, 2)}"
            : $"no \u03B4 {reach} makes the effect none";
        var turned = turn.Copied.Where(pair => Turned(turn.Unmoved, pair.Rung, comparison.Options.Level))
            .Select(pair => pair.Strategy.Name);
        var names = string.Join(" and ", turned);
        return $"The conclusion {claim} {until} (rung 3, \u03B4 for each visit after dropout in {arm}); {none}. If those given {arm} go on "
            + $"as "
            + $"the control after dropout, it {(names.Length == 0 ? "holds by every strategy" : $"does not hold with {names}")}; standard "
            + "errors are about repeated trials, and Rubin's are wider there.";

        string At(double shift)
        {
            var link = comparison.Glmm.Link;
            var factor = Wording.Number(Math.Exp(shift), 2);
            return link == Link.Logit
                ? $"the odds of what was not seen are e^\u03B4 = {factor} times those of what was, \u03B4 = {Wording.Signed(shift, 2)}"
                : link == Link.Log
                ? $"the mean of what was not seen is e^\u03B4 = {factor} times that of what was, \u03B4 = {Wording.Signed(shift, 2)}"
                : $"what was not seen is \u03B4 = {Wording.Signed(shift, 2)} from what was, on the {link} scale";
        }
    }

    private static TrialStandardization? Question(ComparedModels comparison) => TrialStandardization.Of(
        comparison.Frame,
        comparison.Options,
        StandardizedResults.Levels(
            comparison.Frame.Recipe, comparison.Options.Treatment, [.. comparison.Effects.Select(effect => effect.Effect)]));

    /// <summary>The scale of the model's own coefficients, or the difference.</summary>
    private static EffectMeasure Measure(ComparedModels comparison) => comparison.Glmm.Link == Link.Logit ? EffectMeasure.OddsRatio
        : comparison.Glmm.Link == Link.Log ? EffectMeasure.Ratio
        : EffectMeasure.Difference;

    private static bool Turned(DialPoint normal, DialPoint other, double level) => Turned(normal.Inference, other.Inference, level);

    private static bool Turned(Coefficient normal, Coefficient other, double level) =>
        IsShown(normal, level) != IsShown(other, level)
        || (IsShown(normal, level) && normal.Estimate * other.Estimate < 0);

    private static bool IsShown(Coefficient row, double level) => row.PValue < 1 - level;
}
