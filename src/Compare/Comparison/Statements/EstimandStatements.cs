using MarginalConditional.Compare.Dials;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders.Building;
using MarginalConditional.Compare.Summaries;

namespace MarginalConditional.Compare.Comparison.Statements;

/// <summary>Writes the estimands of a comparison by cluster in the terms of ICH E9(R1): of rungs, and of all beside.</summary>
internal static class EstimandStatements
{
    /// <summary>
    /// The rungs' in their order, then GEE's and those of the rows beside; without arms to set the coefficients' alone.
    /// </summary>
    /// <param name="comparison">The facts.</param>
    /// <param name="summaries">The cluster-level analysis.</param>
    /// <param name="dials">The dials that were turned.</param>
    public static IReadOnlyList<EstimandStatement> Of(
        ComparedModels comparison, ClusterSummaries summaries, IReadOnlyList<DialResult> dials)
    {
        var (frame, trial, family, link) =
            (comparison.Frame, comparison.Options.Trial, comparison.Gee.Options.Family, comparison.Glmm.Link);
        var visits = trial.HasVisits(frame);
        var subject = new StatementSubject
        {
            Treatment = comparison.Options.Treatment,
            Levels = comparison.Standardized.Count == 0 ? [] : comparison.Standardized[0].Means.Levels,
            Trial = trial,
            Observed = $"those whom the {Wording.Count(frame.Clusters.Count)} values of {frame.Clusters.Name} stand for (not stated "
                + "further)",
            Variable = frame.ResponseName,
            Covariates = TreatmentEffect.Covariates(frame.Design, comparison.Effects.Select(effect => effect.Effect)),
            Family = family,
            Link = link,
            Persons = visits ? trial.Units : "participants",
            Person = visits ? trial.Unit : "participant",
            HasVisits = visits,
            Unit = trial.Unit,
            Units = trial.Units,
        };
        var nodes = comparison.Glmm.Nodes;
        var method = nodes == 1
            ? "mixed model by the Laplace approximation"
            : $"mixed model by adaptive Gauss\u2013Hermite quadrature with {nodes} nodes";
        method = comparison.Glmm.Options.ZeroInflation ? "zero-inflated " + method : method;
        var rungs = new LadderStatements(subject, "mixed model", method)
            .Of(comparison.Ladder, ScaleNames.PrimaryScale(family, link));
        return
        [
            .. rungs.Count > 0 ? rungs : [Conditional(comparison, subject, method)],
            Marginal(comparison, subject, rungs.Count > 0),
            .. new BesideStatements(comparison, subject, method).Of(summaries, dials),
        ];
    }

    private static EstimandStatement Conditional(ComparedModels comparison, StatementSubject subject, string method)
    {
        var row = comparison.Effects[0].Conditional;
        return subject.Common() with
        {
            Estimand = Estimand.Conditional,
            Name = LadderRungs.Name(0),
            Summary = $"{subject.CoefficientName} for one {subject.Unit}",
            ConditionalOn = subject.Given($"the {subject.Unit} (its random effects)"),
            AveragedOver = "no one",
            MissingData = "missing at random given what was observed, if the model holds",
            Estimator = "maximum likelihood of a mixed model",
            Software = subject.Software(method, row.StandardErrorType, row.Inference),
        };
    }

    private static EstimandStatement Marginal(ComparedModels comparison, StatementSubject subject, bool hasLadder)
    {
        var (row, correlation) = (comparison.Effects[0].Marginal, comparison.Gee.Correlation.Name);
        return subject.Common() with
        {
            Estimand = Estimand.Marginal,
            Rung = hasLadder ? 1 : null,
            Name = "averaged over clusters, conditional on covariates, by GEE",
            Summary = $"{subject.CoefficientName} of the means over all {subject.Units}, for the same covariates",
            ConditionalOn = $"{subject.Given(null)}; not the {subject.Unit}",
            AveragedOver = $"the {subject.Units}, as the working correlation weighs them: under independence each {subject.Counted} alike",
            MissingData = "missing completely at random given the covariates",
            Estimator = $"generalized estimating equations, {correlation} correlation",
            Software = subject.Software($"GEE, {correlation} correlation", row.StandardErrorType, row.Inference),
        };
    }
}
