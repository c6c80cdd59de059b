using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Persons;

/// <summary>Compares the estimands of a trial randomized by person.</summary>
/// <example>
/// <code>
/// using MarginalConditional.Compare.Persons;
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Statistics.Families;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(data, new FrameRequest { Formula = FormulaParser.Parse("y ~ arm + age") });
/// var comparison = PersonComparer.Compare(frame, new PersonOptions { Treatment = "arm", Family = Family.Binomial });
/// Console.WriteLine(comparison);
/// </code>
/// </example>
public static class PersonComparer
{
    /// <summary>Fits a generalized linear model and derives every estimand from it.</summary>
    /// <param name="frame">Each row one person, or several where it counts them, and a cluster by itself; built from a data set.</param>
    /// <param name="options">What to compare and how.</param>
    /// <param name="cancellation">Ends the work, as <see cref="CancellationScope"/> says.</param>
    /// <exception cref="ArgumentException">Rows are in clusters, or no coefficient belongs to the treatment.</exception>
    /// <exception cref="InputException">A stratum lacks an arm, or the kind of standard errors does not go with the data.</exception>
    public static PersonComparison Compare(ModelFrame frame, PersonOptions options, CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(options);
        if (frame.Clusters.MaximumSize > 1)
        {
            throw new ArgumentException("The rows are in clusters: they were not randomized by person.", nameof(frame));
        }

        var effects = TreatmentEffect.Find(frame.Design, options.Treatment);
        if (effects.Count == 0)
        {
            throw new ArgumentException($"No coefficient of the design belongs to \"{options.Treatment}\".", nameof(options));
        }

        var (fit, warning) = Fit(frame, options);
        options = options with { Family = fit.Options.Family };
        var primary = TreatmentEffect.Primary(effects);
        effects = [.. primary, .. effects.Except(primary)];
        return fit.Convergence.Converged
            ? Of(fit, options, effects, PersonEstimates.Of(fit, options, effects), warning)
            : OfFailure(fit, options, effects);
    }

    private static (GeeFit Fit, string? Warning) Fit(ModelFrame frame, PersonOptions options)
    {
        var gee = new GeeOptions
        {
            Family = options.Family,
            Link = options.EffectiveLink,
            Correlation = WorkingCorrelation.Independence,
            FixedScale = 1,
            Threads = options.Threads,
        };
        if (!options.EstimatesTheta)
        {
            return (GeeFitter.Fit(frame, gee), null);
        }

        var (fit, _, warning) = NegativeBinomialFitter.Fit(frame, gee);
        return (fit, warning);
    }

    private static PersonComparison Of(
        GeeFit fit, PersonOptions options, IReadOnlyList<TreatmentEffect> effects, PersonEstimates? estimates, string? warning)
    {
        var ladder = estimates is null ? EstimandLadder.Empty : PersonLadder.Of(estimates);
        var checks = estimates is null || !options.CheckReasons ? [] : PersonChecks.Run(estimates, effects, ladder);
        var model = estimates?.Model ?? PersonModel.Of(fit, PersonRows.WithoutArms(fit.Frame, options));
        var coefficients = Table(model, options);
        var subgroups = estimates is null ? null : PersonSubgroups.Analyse(estimates, effects);
        return new PersonComparison([.. Diagonal(model.ExpectedBread).Select(value => Math.Sqrt(model.Dispersion * value))])
        {
            Options = options,
            Fit = fit,
            Persons = model.Persons.Count,
            Coefficients = coefficients,
            Effects = effects,
            Standardized = estimates is null ? null : Standardize(estimates),
            Ladder = ladder,
            Subgroups = subgroups,
            Checks = checks,
            Verdict = estimates is null ? PersonVerdict.WithoutArms(options) : PersonVerdict.Of(options, estimates.Levels, ladder, checks),
            Estimands = PersonStatements.Of(fit, options, effects, coefficients, estimates, ladder, subgroups),
            Notes =
            [
                .. Notes(model, options, estimates),
                .. InteractionNote.Of(fit.Frame.Design, options.Treatment, effects, options.At, []),
            ],
            Warnings = [.. fit.Warnings, .. new[] { warning }.OfType<string>()],
        };
    }

    private static PersonComparison OfFailure(GeeFit fit, PersonOptions options, IReadOnlyList<TreatmentEffect> effects)
    {
        var inference = GeeInference.Of(fit, GeeVariance.Model, GeeDegreesOfFreedom.ClustersMinusCoefficients, options.Level);
        var coefficients = inference.CoefficientTable();
        return new PersonComparison(inference.StandardErrors())
        {
            Options = options,
            Fit = fit,
            Persons = fit.Frame.Rows,
            Coefficients = coefficients,
            Effects = effects,
            Standardized = null,
            Ladder = EstimandLadder.Empty,
            Checks = PersonChecks.OfFailure(fit),
            Verdict = PersonVerdict.OfFailure(fit.Separated is not null),
            Estimands = PersonStatements.Of(fit, options, effects, coefficients, null, EstimandLadder.Empty, null),
            Notes = [],
            Warnings = fit.Warnings,
        };
    }

    private static CoefficientTable Table(PersonModel model, PersonOptions options)
    {
        double[] errors = [.. Diagonal(model.RobustCovariance()).Select(Math.Sqrt)];
        double[] degrees = options.NormalReference ? [] : [.. errors.Select(_ => (double)model.Persons.Count - model.P)];
        return new CoefficientTable(model.Fit.Frame.Design.Names, model.Coefficients, errors, degrees, options.Level);
    }

    private static PersonStandardization Standardize(PersonEstimates estimates)
    {
        var arms = estimates.Levels.Count;
        var means = Enumerable.Range(0, arms).Select(arm => estimates.Moments.Estimates[estimates.Mean(arm)]).ToArray();
        var allowed = ScaleNames.Measures(estimates.Options.Family, means).ToHashSet();
        var contrasts = new List<StandardizedContrast>();
        for (var k = 0; k < estimates.Predictions.Measures.Count; k++)
        {
            var measure = estimates.Predictions.Measures[k];
            for (var arm = 1; allowed.Contains(measure) && arm < arms; arm++)
            {
                contrasts.Add(new StandardizedContrast(
                    measure,
                    estimates.Levels[0],
                    estimates.Levels[arm],
                    ClusterWeighting.Participant,
                    estimates.Wald(measure.Name, measure.Value(means[0], means[arm]), estimates.StandardError(k, arm))));
            }
        }

        var jacobian = new double[arms * estimates.Influence.Estimates];
        for (var arm = 0; arm < arms; arm++)
        {
            jacobian[(arm * estimates.Influence.Estimates) + estimates.Mean(arm)] = 1;
        }

        var influence = estimates.Influence.Transform(jacobian, arms);
        return new PersonStandardization(means, estimates.Covariance)
        {
            Levels = estimates.Levels,
            Counts = estimates.Counts,
            Errors = estimates.Errors,
            StandardErrorType = estimates.StandardErrorType,
            DegreesOfFreedom = estimates.DegreesOfFreedom,
            Contrasts = contrasts,
            Influence = influence,
            Arms = new ArmMeans
            {
                Levels = estimates.Levels,
                Means = means,
                Influence = influence,
                LeavesOneOut = estimates.LeavesOneOut,
                Covariance = estimates.Errors.IsForPersonsOnly ? estimates.Covariance : [],
                Method = "GLM",
                Weighting = ClusterWeighting.Participant,
                IsRobust = !estimates.IsAtValues,
                DegreesOfFreedom = estimates.DegreesOfFreedom,
                Level = estimates.Options.Level,
                Family = estimates.Options.Family,
                Link = estimates.Options.EffectiveLink,
            },
        };
    }

    private static IEnumerable<string> Notes(PersonModel model, PersonOptions options, PersonEstimates? estimates)
    {
        if (model.Persons.AreCounted)
        {
            yield return $"The {Wording.Count(model.Fit.Frame.Rows)} rows stand for {Wording.Count(model.Persons.Count)} "
                + $"{options.Trial.Units}, who count one by one.";
        }

        if (model.Persons.HaveWeights)
        {
            yield return $"Weights are not whole numbers: each row is one {options.Trial.Unit}, who counts as much as the weight says.";
        }

        if (estimates is not null && estimates.Errors != options.EffectiveErrors)
        {
            yield return $"With {Wording.Count(model.Persons.Count)} {options.Trial.Units} leave-one-out standard errors are in closed "
                + "form, as --standardized-se closed has them.";
        }

        if (estimates is not null && options.By is not null && options.Randomization == Randomization.PocockSimon)
        {
            yield return $"Effects in subgroups of {options.By} are not moved by the strata, as those of everybody are under minimization.";
        }

        if (estimates is not null && options.Strata.Count > 0 && options.Randomization == Randomization.PermutedBlock
            && estimates.Errors.IsForPersonsOnly && estimates.Errors != StandardizedErrors.Ye
            && estimates.Errors != StandardizedErrors.YeModified)
        {
            yield return "Standard errors by Ge do not know the strata: under permuted blocks they are too large; use "
                + "--standardized-se ye.";
        }
    }

    private static IEnumerable<double> Diagonal(double[] matrix)
    {
        var order = (int)Math.Sqrt(matrix.Length);
        return Enumerable.Range(0, order).Select(j => matrix[(j * order) + j]);
    }
}
