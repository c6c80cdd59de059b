using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;

namespace MarginalConditional.Compare.Comparison.Statements;

/// <summary>Writes the estimand of every rung of a ladder in the terms of ICH E9(R1), for trials by cluster and by person.</summary>
/// <remarks>
/// The statements are of the first question (all arms are named in it), of participant averages on one scale; the last rung of a trial by
/// cluster is the cluster average.
/// </remarks>
internal sealed class LadderStatements
{
    private readonly StatementSubject subject;
    private readonly string model;
    private readonly string method;

    /// <summary>Prepares the words.</summary>
    /// <param name="subject">What the statements have in common.</param>
    /// <param name="model">The working model, such as <c>mixed model</c>.</param>
    /// <param name="method">How it is fitted, for the software line.</param>
    public LadderStatements(StatementSubject subject, string model, string method) =>
        (this.subject, this.model, this.method) = (subject, model, method);

    private bool ByCluster => subject.Unit is not null;

    /// <summary>A statement a rung, from the most to the least conditional; empty without a ladder.</summary>
    /// <param name="ladder">The ladder.</param>
    /// <param name="scale">The scale to state, where the ladder has it.</param>
    public IReadOnlyList<EstimandStatement> Of(EstimandLadder ladder, string scale)
    {
        if (ladder.Rungs.Count == 0)
        {
            return [];
        }

        var question = ladder.Rungs[0].Question;
        var shown = ladder.Rungs.Where(rung => rung.Question == question && rung.Weighting == ClusterWeighting.Participant).ToList();
        var chosen = shown.Exists(rung => rung.Scale == scale) ? scale : shown[0].Scale;
        return [.. shown.Where(rung => rung.Scale == chosen).Select(Of)];
    }

    /// <summary>The statement of one rung.</summary>
    /// <param name="rung">0 to 4.</param>
    /// <param name="name">Which answer it is; the last rung of a trial by cluster is named by its cluster.</param>
    /// <param name="scale">The scale, ratios with or without their logarithm.</param>
    /// <param name="held">What an unconditional rung still holds fixed.</param>
    /// <param name="errors">The kind of standard error.</param>
    /// <param name="reference">What tests refer to, in words.</param>
    public EstimandStatement Of(int rung, string name, string scale, string held, string errors, string reference) =>
        subject.Common() with
        {
            Estimand = EstimandOf(rung),
            Rung = rung,
            Name = rung == 4 ? $"unconditional, each {subject.Unit} counts once" : name,
            Summary = Summary(rung, StatementSubject.ScaleName(scale)),
            ConditionalOn = rung switch
            {
                0 => subject.Given($"the {subject.Unit} (its random effects)"),
                1 => subject.Given(null) + (ByCluster ? $"; not the {subject.Unit}" : string.Empty),
                _ => held,
            },
            AveragedOver = AveragedOver(rung),
            MissingData = MissingData(rung),
            Estimator = Estimator(rung),
            Software = subject.Software(method, errors, reference),
        };

    private EstimandStatement Of(LadderRung rung) => Of(
        rung.Rung, rung.Name, rung.Scale, StatementSubject.Held(rung.Question), rung.StandardErrorType,
        StatementSubject.Reference(rung.Inference));

    private Estimand EstimandOf(int rung) => rung switch
    {
        0 => Estimand.Conditional,
        1 => ByCluster ? Estimand.Marginalized : Estimand.Conditional,
        _ => Estimand.Standardized,
    };

    private string Summary(int rung, string scale) => rung switch
    {
        0 => $"{scale} for one {subject.Unit}",
        1 when ByCluster => $"{scale} of the means over all {subject.Units}, for the same covariates",
        1 => subject.Covariates.Count == 0 ? scale : $"{scale} for {subject.Persons} with the same covariates",
        4 => $"{scale} of the means over {subject.Units} if all had either treatment",
        _ => $"{scale} of the means if all {subject.Persons} had either treatment",
    };

    private string AveragedOver(int rung) => rung switch
    {
        0 => $"no one; where it differs between {subject.Units} or with the covariates, its mean over {subject.Counted}s",
        1 when ByCluster => $"the {subject.Units}, by the law of their effects; where it differs with the covariates, its mean over "
            + $"{subject.Counted}s",
        1 => $"no one; where it differs with the covariates, its mean over {subject.Persons}",
        4 => $"{subject.Units}: each {subject.Unit} counts once, {(subject.HasVisits ? "however often seen" : "whatever its size")}",
        _ => $"{subject.Persons}: each {subject.Counted} counts once",
    };

    private string MissingData(int rung) => rung <= 2
        ? ByCluster ? "missing at random given what was observed, if the model holds"
            : "missing at random given treatment and covariates, if the model holds"
        : "missing completely at random, or at random given treatment and covariates if the model holds";

    private string Estimator(int rung) => rung switch
    {
        0 => $"maximum likelihood of a {model}, contrasts within one {subject.Unit}",
        1 when ByCluster => $"maximum likelihood of a {model}, its means integrated over the random effects exactly",
        1 => $"maximum likelihood of a {model}, contrasts for given covariates",
        2 => $"standardization: the means of the {model} for every {subject.Counted} under each treatment, averaged",
        _ => $"model-robust standardization: the averaged means of the {model}, and each arm's mean residual added, so that it "
            + "holds whatever the model",
    };
}
