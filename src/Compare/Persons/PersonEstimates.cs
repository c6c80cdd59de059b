using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Data;
using MarginalConditional.Data.Coding;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Persons;

/// <summary>Every estimate of a trial by person with its influence, from one fit that converged.</summary>
internal sealed class PersonEstimates
{
    private PersonEstimates(PersonModel model, PersonOptions options, IReadOnlyList<string> levels, PersonSums sums)
    {
        (Model, Options, Levels, Predictions, Functional) = (model, options, levels, sums.Predictions, sums.Functional);
        Moments = new PersonInfluence(model, sums);
        Errors = options.EffectiveErrors;
        if (Errors == StandardizedErrors.OneStep && model.Persons.Count > options.Tolerances.MostOneStep)
        {
            Errors = StandardizedErrors.Closed;
        }

        // Ye's and Ge's covariances are of means alone: the ladder needs influences of all its rungs.
        InfluenceErrors = Errors.IsForPersonsOnly ? StandardizedErrors.Influence : Errors;
        var influence = Moments.Of(InfluenceErrors, options.Threads);
        Influence = IsBalanced ? StratifiedInfluence.Of(influence, model.Persons) : influence;
        DegreesOfFreedom = options.NormalReference ? null : model.Persons.Count - model.P;
        Covariance = CovarianceOf(sums);
    }

    /// <summary>The fit, person by person.</summary>
    public PersonModel Model { get; }

    /// <summary>What was asked for.</summary>
    public PersonOptions Options { get; }

    /// <summary>The treatment's levels, the reference first.</summary>
    public IReadOnlyList<string> Levels { get; }

    /// <summary>What the model says of every row under every arm.</summary>
    public PersonPredictions Predictions { get; }

    /// <summary>Where each estimate stands.</summary>
    public PersonFunctional Functional { get; }

    /// <summary>The estimates with their derivatives.</summary>
    public PersonInfluence Moments { get; }

    /// <summary>The kind of standard errors of standardized effects.</summary>
    public StandardizedErrors Errors { get; }

    /// <summary>The kind of the influences, which the ladder's standard errors are made of.</summary>
    public StandardizedErrors InfluenceErrors { get; }

    /// <summary>Whether the influences are differences to the estimates without each person, and nothing else was done to them.</summary>
    public bool LeavesOneOut => InfluenceErrors != StandardizedErrors.Influence && !IsBalanced;

    /// <summary>φ of every estimate, n rows.</summary>
    public ClusterInfluence Influence { get; }

    /// <summary>n − p, or null for the normal.</summary>
    public double? DegreesOfFreedom { get; }

    /// <summary>The covariance of the standardized means, arms × arms.</summary>
    public double[] Covariance { get; }

    /// <summary>How many persons had each level.</summary>
    public IReadOnlyList<int> Counts =>
        [.. Enumerable.Range(0, Levels.Count).Select(arm => Model.Persons.Row.Count(row => Model.Persons.Arm[row] == arm))];

    /// <summary>The standard errors of standardized effects in words.</summary>
    public string StandardErrorType => !Errors.IsForPersonsOnly ? PersonLadder.ErrorType(this)
        : Errors.Description + (IsBalanced && (Errors == StandardizedErrors.Ye || Errors == StandardizedErrors.YeModified)
            ? ", corrected for permuted blocks" : string.Empty);

    /// <summary>Whether the design holds the arms' shares fixed in every stratum.</summary>
    public bool IsBalanced => Options.Strata.Count > 0 && Options.Randomization.BalancesStrata;

    /// <summary>Whether means are standardized at set values, which nobody's residual speaks about.</summary>
    public bool IsAtValues => Options.At.Count > 0;

    /// <summary>Where an arm's standardized mean stands: whatever the model, or by it at set values.</summary>
    public int Mean(int arm) => IsAtValues ? PersonFunctional.ModelMean(arm) : Functional.RobustMean(arm);

    /// <summary>Computes everything; null where the treatment has no arms to set, or a row has no mean under one.</summary>
    /// <exception cref="InputException">The kind of standard errors does not go with the data.</exception>
    public static PersonEstimates? Of(Gee.GeeFit fit, PersonOptions options, IReadOnlyList<TreatmentEffect> effects)
    {
        if (fit.Frame.Recipe is not { } recipe || StandardizedResults.Levels(recipe, options.Treatment, effects) is not { } levels
            || !levels.All(value => recipe.IsEstimable([(options.Treatment, value), .. options.At])))
        {
            return null;
        }

        var persons = PersonRows.Of(fit.Frame, options, levels);
        RequireErrors(options, persons);
        var measures = ScaleNames.Measures(options.Family, []).ToList();
        DesignMatrix[] designs = [.. levels.Select(value => recipe.With([(options.Treatment, value), .. options.At]))];
        var predictions = new PersonPredictions(designs, fit.Frame.Offset, options.EffectiveLink, options.Family, measures)
            .MarkedAt(fit.Coefficients);
        var recentred = options.Strata.Count > 0 && options.Randomization.RecentresStrata;
        var functional = new PersonFunctional(levels.Count, recentred ? persons.Strata : 1, measures);
        var sums = new PersonSums(persons, predictions, functional, recentred);
        return new PersonEstimates(PersonModel.Of(fit, persons), options, levels, sums);
    }

    /// <summary>An estimate by its place, with test and interval.</summary>
    public Coefficient Inference(string name, int place) =>
        Wald(name, Moments.Estimates[place], Influence.StandardError(place));

    /// <summary>An estimate with test and interval.</summary>
    public Coefficient Wald(string name, double estimate, double standardError) =>
        Coefficient.Wald(name, estimate, standardError, DegreesOfFreedom, Options.Level);

    private static void RequireErrors(PersonOptions options, PersonRows persons)
    {
        if (!options.EffectiveErrors.IsForPersonsOnly)
        {
            return;
        }

        if (options.At.Count > 0)
        {
            throw new InputException($"The standard errors \"{options.EffectiveErrors}\" are of means over the persons as they are, and "
                + $"--at sets {options.At[0].Variable}.")
            {
                Hint = "Leave out --at, or say --standardized-se influence.",
            };
        }

        if (persons.HaveWeights && (options.EffectiveErrors == StandardizedErrors.Ye
            || options.EffectiveErrors == StandardizedErrors.YeModified))
        {
            throw new InputException("Ye's variance holds for persons who count alike, and the weights are not whole numbers.")
            {
                Hint = "Say --standardized-se influence, or give weights that are numbers of persons.",
            };
        }
    }

    private double[] CovarianceOf(PersonSums sums) =>
        Errors == StandardizedErrors.Ye || Errors == StandardizedErrors.YeModified
            ? YeVariance.Of(sums, Model.Coefficients, Errors == StandardizedErrors.YeModified, IsBalanced)
        : Errors.IsForPersonsOnly ? GeVariance.Of(Model, sums, Moments, Errors)
        : Select(Influence.Covariance(), Influence.Estimates);

    private double[] Select(double[] all, int width)
    {
        var arms = Levels.Count;
        var chosen = new double[arms * arms];
        for (var a = 0; a < arms; a++)
        {
            for (var b = 0; b < arms; b++)
            {
                chosen[(a * arms) + b] = all[(Mean(a) * width) + Mean(b)];
            }
        }

        return chosen;
    }

    /// <summary>The standard error of an arm against the reference by a measure.</summary>
    /// <param name="measure">The measure's place.</param>
    /// <param name="arm">The arm.</param>
    public double StandardError(int measure, int arm)
    {
        if (!Errors.IsForPersonsOnly)
        {
            return Influence.StandardError(Functional.Contrast(measure, arm, IsAtValues ? 1 : 2));
        }

        var slopes = Predictions.Measures[measure].Slopes(Moments.Estimates[Mean(0)], Moments.Estimates[Mean(arm)]);
        var weights = new double[Levels.Count];
        (weights[0], weights[arm]) = (slopes.Control, slopes.Treated);
        return Math.Sqrt(Dense.QuadraticForm(Covariance, weights));
    }
}
