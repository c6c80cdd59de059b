using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Designs;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Persons;

/// <summary>
/// The ladder of a trial by person, which begins at the second rung: conditional on covariates, unconditional by the model, unconditional
/// whatever the model; beside it the raw means of the arms.
/// </summary>
internal sealed class PersonLadder
{
    private readonly PersonEstimates estimates;
    private readonly bool residualsVanish;
    private readonly bool noCovariates;
    private readonly List<LadderRung> rungs = [];
    private readonly List<LadderStep> steps = [];
    private readonly List<LadderSide> sides = [];

    private PersonLadder(PersonEstimates estimates)
    {
        this.estimates = estimates;
        noCovariates = estimates.Predictions.HasNoCovariates(estimates.Options.Tolerances.Same);
        residualsVanish = ResidualsVanish();
    }

    /// <summary>The measure to show first: the link's own, else odds ratios of proportions and differences of other means.</summary>
    public static EffectMeasure Primary(PersonOptions options) => ScaleNames.Primary(options.Family, options.EffectiveLink);

    /// <summary>Its scale.</summary>
    public static string PrimaryScale(PersonOptions options) => Primary(options).ScaleOf(options.Family == Family.Binomial);

    /// <summary>Whether its estimates are logarithms.</summary>
    public static bool IsLogarithm(PersonOptions options) => Primary(options).IsLogarithm;

    /// <summary>What people call it: <c>odds ratio</c>, <c>difference</c>.</summary>
    public static string PrimaryName(PersonOptions options) =>
        IsLogarithm(options) ? PrimaryScale(options)["log ".Length..] : PrimaryScale(options);

    /// <summary>Where the ladder's standard errors come from.</summary>
    public static string ErrorType(PersonEstimates estimates) => $"{estimates.InfluenceErrors.Description}, covariates sampled"
        + (estimates.IsBalanced ? ", recentred within strata" : string.Empty);

    /// <summary>Builds it, for every arm and every scale that has all its rungs.</summary>
    public static EstimandLadder Of(PersonEstimates estimates)
    {
        var ladder = new PersonLadder(estimates);
        for (var arm = 1; arm < estimates.Levels.Count; arm++)
        {
            for (var measure = 0; measure < estimates.Predictions.Measures.Count; measure++)
            {
                ladder.Add(measure, arm);
            }
        }

        return new EstimandLadder(ladder.rungs, ladder.steps, ladder.sides);
    }

    private void Add(int measure, int arm)
    {
        var last = estimates.IsAtValues ? 1 : 2;
        var places = Enumerable.Range(0, last + 1).Select(kind => estimates.Functional.Contrast(measure, arm, kind)).ToArray();
        if (!estimates.Predictions.HasRows(measure) || !places.All(place => double.IsFinite(estimates.Moments.Estimates[place])))
        {
            return;
        }

        var question = new LadderQuestion(estimates.Levels[arm], estimates.Levels[0], estimates.Options.At, []);
        var scale = estimates.Predictions.Measures[measure].ScaleOf(estimates.Options.Family == Family.Binomial);
        var first = Rung(1, scale, question, estimates.Moments.Estimates[places[0]], estimates.Influence.At(places[0]));
        rungs.Add(first);
        var second = Next(first, 2, places[1], AveragingChangesNothing(measure, arm), AveragingCause(measure));
        if (last == 2)
        {
            var third = Next(second, 3, places[2], residualsVanish, LadderCause.Model);
            sides.Add(Raw(third, estimates.Functional.Contrast(measure, arm, 3)));
        }
    }

    private LadderRung Next(LadderRung above, int number, int place, bool isSame, string cause)
    {
        var rung = isSame
            ? above with { Rung = number, Name = Name(number) }
            : Rung(number, above.Scale, above.Question, estimates.Moments.Estimates[place], estimates.Influence.At(place));
        rungs.Add(rung);
        steps.Add(new LadderStep
        {
            From = above.Rung,
            To = number,
            Weighting = ClusterWeighting.Participant,
            Scale = above.Scale,
            Question = above.Question,
            Cause = cause,
            Inference = isSame ? Nothing(cause) : Difference(cause, above, rung),
            IsZeroByIdentity = isSame,
        });
        return rung;
    }

    private LadderRung Rung(int number, string scale, LadderQuestion question, double estimate, ClusterInfluence influence) => new()
    {
        Rung = number,
        Name = Name(number),
        Weighting = ClusterWeighting.Participant,
        Scale = scale,
        Question = question,
        Inference = estimates.Wald(scale, estimate, influence.StandardError(0)),
        StandardErrorType = ErrorType(estimates),
        Influence = influence,
    };

    /// <summary>What a rung is called.</summary>
    public static string Name(int rung) => rung switch
    {
        1 => "conditional on covariates",
        2 => "unconditional, by the model",
        _ => "unconditional, whatever the model",
    };

    /// <summary>The arms' raw means, and whether they agree.</summary>
    private LadderSide Raw(LadderRung rung, int place)
    {
        var (estimate, influence) = (estimates.Moments.Estimates[place], estimates.Influence.At(place));
        var agrees = noCovariates && residualsVanish;
        return new LadderSide
        {
            Name = "Raw means of the arms",
            Rung = rung.Rung,
            Weighting = ClusterWeighting.Participant,
            Scale = rung.Scale,
            Question = rung.Question,
            Inference = estimates.Wald(rung.Scale, estimate, influence.StandardError(0)),
            Difference = agrees
                ? Nothing("difference")
                : Between("difference", rung.Inference.Estimate, rung.Influence, estimate, influence),
        };
    }

    private Coefficient Difference(string name, LadderRung from, LadderRung to) =>
        Between(name, from.Inference.Estimate, from.Influence, to.Inference.Estimate, to.Influence);

    private Coefficient Between(string name, double from, ClusterInfluence fromInfluence, double to, ClusterInfluence toInfluence)
    {
        var influence = ClusterInfluence.Join(fromInfluence, toInfluence).Transform([-1, 1], 1);
        return estimates.Wald(name, to - from, influence.StandardError(0));
    }

    private Coefficient Nothing(string name) =>
        new(name, 0, 0, estimates.DegreesOfFreedom, double.NaN, double.NaN, 0, 0);

    /// <summary>Differences collapse, and so do ratios under a log link whose effect is one number; without covariates all do.</summary>
    private bool AveragingChangesNothing(int measure, int arm) => noCovariates
        || estimates.Predictions.Measures[measure] == EffectMeasure.Difference
        || (estimates.Predictions.Measures[measure] == EffectMeasure.Ratio && estimates.Predictions.IsOwn(measure)
            && estimates.Predictions.MovesAllAlike(arm, estimates.Options.Tolerances.Same));

    /// <summary>A ratio of risks collapses: its mean logarithm differs from the population's only as the effect differs.</summary>
    private string AveragingCause(int measure) => estimates.Predictions.Measures[measure] == EffectMeasure.Ratio
        ? LadderCause.Patients
        : LadderCause.Covariates;

    /// <summary>
    /// Whether the equations of the fit make each arm's mean residual 0: the score of the arm is its sum of residuals when the link is
    /// canonical, or all in an arm are alike.
    /// </summary>
    private bool ResidualsVanish()
    {
        var options = estimates.Options;
        if (options.Strata.Count > 0 && options.Randomization.RecentresStrata)
        {
            return false;
        }

        var canonical = (options.Family == Family.Binomial && options.EffectiveLink == Link.Logit)
            || (options.Family == Family.Poisson && options.EffectiveLink == Link.Log)
            || (options.Family == Family.Gaussian && options.EffectiveLink == Link.Identity)
            || (options.Family == Family.Gamma && options.EffectiveLink == Link.Inverse);
        return (canonical || noCovariates) && ArmsAreCovariates();
    }

    private bool ArmsAreCovariates()
    {
        var extension = new DesignExtension(estimates.Model.Fit.Frame.Design, estimates.Options.Tolerances.Spanned);
        var arm = estimates.Model.Persons.Arm;
        for (var a = 0; a < estimates.Levels.Count; a++)
        {
            var place = a;
            extension.Add($"arm {a}", Array.ConvertAll(arm, code => code == place ? 1.0 : 0.0));
        }

        return extension.Added == 0;
    }
}
