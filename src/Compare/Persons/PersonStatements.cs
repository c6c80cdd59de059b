using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Comparison.Statements;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Gee;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Persons;

/// <summary>The estimands of a trial by person in the terms of ICH E9(R1): of every rung from conditional to unconditional.</summary>
internal static class PersonStatements
{
    private const string Method = "generalized linear model by maximum likelihood";

    /// <summary>Those of the rungs; the conditional one alone where the treatment has no arms to set.</summary>
    /// <param name="fit">The model.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="effects">The coefficients of the treatment.</param>
    /// <param name="coefficients">The model's coefficients.</param>
    /// <param name="estimates">What the ladder was made from; null where there is none.</param>
    /// <param name="ladder">The ladder.</param>
    public static IReadOnlyList<EstimandStatement> Of(
        GeeFit fit,
        PersonOptions options,
        IReadOnlyList<TreatmentEffect> effects,
        CoefficientTable coefficients,
        PersonEstimates? estimates,
        EstimandLadder ladder)
    {
        var trial = options.Trial;
        var subject = new StatementSubject
        {
            Treatment = options.Treatment,
            Levels = estimates?.Levels ?? [],
            Trial = trial,
            Observed = $"those whom the {Wording.Count(estimates?.Model.Persons.Count ?? fit.Frame.Rows)} {trial.Units} stand for (not "
                + "stated further)",
            Variable = fit.Frame.ResponseName,
            Covariates = TreatmentEffect.Covariates(fit.Frame.Design, effects),
            Family = fit.Options.Family,
            Link = fit.Options.EffectiveLink,
            Persons = trial.Units,
            Person = trial.Unit,
        };
        var rungs = new LadderStatements(subject, "generalized linear model", Method).Of(ladder, PersonLadder.PrimaryScale(options));
        return rungs.Count > 0 ? rungs : [Conditional(coefficients[effects[0].Column], subject)];
    }

    private static EstimandStatement Conditional(Coefficient row, StatementSubject subject) => subject.Common() with
    {
        Estimand = Estimand.Conditional,
        Name = "conditional on covariates",
        Summary = subject.Covariates.Count == 0 ? subject.CoefficientName
            : $"{subject.CoefficientName} for {subject.Persons} with the same covariates",
        ConditionalOn = subject.Given(null),
        AveragedOver = "no one",
        MissingData = "missing at random given treatment and covariates, if the model holds",
        Estimator = "maximum likelihood of a generalized linear model",
        Software = subject.Software(Method, "influence function", row),
    };
}
