using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Comparison.Reasons;
using MarginalConditional.Compare.Designs;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Data.Coding;
using MarginalConditional.Gee;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Persons;

/// <summary>What in a trial by person threatens one of its estimands.</summary>
internal static class PersonChecks
{
    /// <summary>The key of the check for an effect that goes with covariates.</summary>
    public const string Interaction = "treatment-by-covariate";

    /// <summary>The key of the check of the model's means by the arms' own.</summary>
    public const string Misfit = "model-misses";

    /// <summary>The key of the check for few persons.</summary>
    public const string FewPersons = "few-persons";

    /// <summary>The key of the check for strata that the model leaves out.</summary>
    public const string Strata = "strata-left-out";

    /// <summary>The key of the check for missing values.</summary>
    public const string Missing = "missing-values";

    /// <summary>The key of the check for separated outcomes.</summary>
    public const string Separation = "separation";

    /// <summary>Where there are no finite estimates, the check that says so.</summary>
    public static IReadOnlyList<ReasonCheck> OfFailure(GeeFit fit) => fit.Separated is null ? [] :
    [
        new ReasonCheck(Separation, ReasonOutcome.Sign, fit.Convergence.Message),
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ReasonCheck> Run(
        PersonEstimates estimates, IReadOnlyList<TreatmentEffect> effects, EstimandLadder ladder) =>
    [
        .. new[]
        {
            InteractionOf(estimates, effects),
            MisfitOf(estimates, ladder),
            FewOf(estimates),
            StrataOf(estimates),
            MissingOf(estimates),
        }.OfType<ReasonCheck>(),
    ];

    /// <summary>
    /// Products of the arms with the covariates are added to the model and tested, by a leave-one-out covariance and F.
    /// </summary>
    private static ReasonCheck? InteractionOf(PersonEstimates estimates, IReadOnlyList<TreatmentEffect> effects)
    {
        var (frame, options) = (estimates.Model.Fit.Frame, estimates.Options);
        var treatment = effects.Select(effect => effect.Column).ToHashSet();
        var extension = new DesignExtension(frame.Design, options.Tolerances.Spanned);
        for (var j = 0; j < frame.Design.Columns; j++)
        {
            if (treatment.Contains(j) || frame.Design.Terms[j] == DesignMatrix.InterceptName)
            {
                continue;
            }

            for (var a = 1; a < estimates.Levels.Count; a++)
            {
                var (arms, product) = (estimates.Model.Persons.Arm, new double[frame.Rows]);
                var covariate = frame.Design.Column(j);
                for (var row = 0; row < product.Length; row++)
                {
                    product[row] = arms[row] == a ? covariate[row] : 0;
                }

                extension.Add($"{estimates.Levels[a]}:{frame.Design.Names[j]}", product);
            }
        }

        var (first, last) = (frame.Design.Columns, frame.Design.Columns + extension.Added);
        if (extension.Added == 0 || estimates.Model.Persons.Count <= options.Tolerances.EnoughForCoefficient * last)
        {
            return extension.Added == 0 ? null : new ReasonCheck(Interaction, ReasonOutcome.NotApplicable,
                $"There are too few {options.Trial.Units} to ask whether the effect goes with a covariate.");
        }

        var fit = GeeFitter.Fit(extension.Frame(frame), estimates.Model.Fit.Options);
        if (!fit.Convergence.Converged)
        {
            return new ReasonCheck(
                Interaction, ReasonOutcome.NotApplicable, "Whether the effect goes with a covariate could not be tested: the model with "
                + "products of arms and covariates did not converge.");
        }

        var test = Test(PersonModel.Of(fit, estimates.Model.Persons), first, last);
        var what = ScaleNames.Ratio(options.Family, options.EffectiveLink) ?? "effect";
        return ReasonCheck.ByTest(
            Interaction,
            test,
            options.Tolerances.Alpha,
            $"The {what} goes with a covariate ({Wording.P(test.PValue)}): that of {options.Trial.Units} alike is an average of different "
                + $"ones.",
            $"The {what} does not go with a covariate as far as the data tell ({Wording.P(test.PValue)}).");
    }

    private static WaldTest Test(PersonModel model, int first, int last)
    {
        var (n, p) = (model.Persons.Count, model.P);
        var (covariance, change) = (new double[p * p], new double[p]);
        for (var i = 0; i < n; i++)
        {
            model.Deletion(i, change);
            Dense.RankOneUpdateLower((n - 1.0) / n, change, covariance);
        }

        Dense.MirrorLower(covariance, p);
        var contrasts = Enumerable.Range(first, last - first).Select(column =>
        {
            var weights = new double[p];
            weights[column] = 1;
            return new Contrast("interaction", weights);
        }).ToList();
        return WaldTest.Joint(contrasts, model.Coefficients, covariance, n - p);
    }

    private static ReasonCheck? MisfitOf(PersonEstimates estimates, EstimandLadder ladder)
    {
        var scale = PersonLadder.PrimaryScale(estimates.Options);
        var steps = ladder.Steps.Where(step => step is { To: 3, IsZeroByIdentity: false } && step.Scale == scale).ToList();
        if (steps.Count == 0)
        {
            return null;
        }

        var worst = steps.MinBy(step => step.Inference.PValue)!.Inference;
        var level = estimates.Options.Tolerances.Alpha / steps.Count;
        var test = new WaldTest(worst.Statistic * worst.Statistic, 1, worst.DegreesOfFreedom, worst.PValue);
        return ReasonCheck.ByTest(
            Misfit,
            test,
            level,
            $"The model's means and the arms' own differ by more than chance would leave ({Wording.P(worst.PValue)}): what rests on the "
                + $"model does not describe the trial.",
            $"The model's means and the arms' own differ by no more than chance would leave ({Wording.P(worst.PValue)}).");
    }

    private static ReasonCheck? FewOf(PersonEstimates estimates)
    {
        var (options, persons) = (estimates.Options, estimates.Model.Persons);
        if (estimates.InfluenceErrors != StandardizedErrors.Influence)
        {
            return null;
        }

        var smallest = estimates.Counts.Min();
        var rarer = persons.Count;
        if (options.Family == Family.Binomial)
        {
            var events = (int)Math.Round(persons.Response.Sum());
            rarer = Math.Min(events, persons.Count - events);
        }

        var few = smallest < options.Tolerances.EnoughPersons
            ? $"One arm has {smallest} {options.Trial.Units} only"
            : rarer < options.Tolerances.EnoughForCoefficient * estimates.Model.P
            ? $"There are {Wording.Count(rarer)} {(options.Family == Family.Binomial ? "of the rarer outcome" : options.Trial.Units)} for "
                + $"{estimates.Model.P} coefficients"
            : null;
        return few is null ? null : new ReasonCheck(
            FewPersons,
            ReasonOutcome.Remark,
            $"{few}: standard errors by influence are too small; use --standardized-se one-step.");
    }

    private static ReasonCheck? StrataOf(PersonEstimates estimates)
    {
        var options = estimates.Options;
        if (options.Strata.Count == 0)
        {
            return null;
        }

        var missing = options.Strata
            .Where(name => TreatmentEffect.Find(estimates.Model.Fit.Frame.Design, name).Count == 0)
            .ToList();
        return missing.Count == 0 ? null : new ReasonCheck(
            Strata,
            ReasonOutcome.Remark,
            $"Persons were randomized within strata, but the model leaves out {string.Join(", ", missing)}: with "
                + $"{(missing.Count == 1 ? "it" : "them")} among the covariates the estimates would be more precise.");
    }

    private static ReasonCheck? MissingOf(PersonEstimates estimates)
    {
        var dropped = estimates.Model.Fit.Frame.Dropped;
        return dropped == 0 ? null : new ReasonCheck(
            Missing,
            ReasonOutcome.Remark,
            $"{Wording.Count(dropped)} {(dropped == 1 ? "row" : "rows")} with missing values {(dropped == 1 ? "is" : "are")} left out: "
                + $"every estimate is of complete ones, and is the trial's only if what is missing is missing by chance.");
    }
}
