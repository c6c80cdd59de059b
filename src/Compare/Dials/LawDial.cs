using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.RandomIntercept;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Intercept;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Dials;

/// <summary>
/// Conditional effect and rungs 1 and 2 with other laws of the random intercept, each fitted by its own maximum likelihood.
/// </summary>
/// <remarks>
/// Every law has mean 0 and one parameter, its standard deviation: bridge (Wang and Louis 2003), Student's t with five degrees of freedom,
/// two points. Standard errors leave clusters out to first order.
/// </remarks>
internal sealed class LawDial
{
    private static readonly InterceptLaw[] Others = [InterceptLaw.Bridge, InterceptLaw.StudentT5, InterceptLaw.TwoPoints];

    private readonly GlmmFit glmm;
    private readonly ComparisonOptions options;
    private readonly bool leaveOneOut;

    /// <summary>Prepares the fits.</summary>
    /// <param name="glmm">A fit with one random intercept, binomial or Poisson.</param>
    /// <param name="options">Threads and tolerances.</param>
    /// <param name="leaveOneOut">Whether standard errors leave clusters out; else they are plain.</param>
    public LawDial(GlmmFit glmm, ComparisonOptions options, bool leaveOneOut)
    {
        this.glmm = glmm;
        this.options = options;
        this.leaveOneOut = leaveOneOut;
    }

    /// <summary>The laws other than the normal that a link allows.</summary>
    public static IEnumerable<InterceptLaw> Laws(Link link) =>
        Others.Where(law => law.Allows(link) && (law != InterceptLaw.StudentT5 || link != Link.Log));

    /// <summary>The changes of the ladder's rungs 0 to 2, every participant alike.</summary>
    /// <param name="questions">The arms.</param>
    /// <param name="ladder">The ladder with the normal law.</param>
    /// <param name="skipped">Receives the laws whose fit did not converge.</param>
    public List<LawChange> Rungs(IReadOnlyList<LawQuestion> questions, EstimandLadder ladder, List<InterceptLaw> skipped) =>
    [
        .. Fits(skipped).SelectMany(fit => questions.SelectMany(question =>
        {
            var rungs = new LawRungs(question, fit);
            return ladder.Rungs
                .Where(rung => rung.Rung < LawRungs.Count && rung.Weighting == ClusterWeighting.Participant
                    && rung.Scale == question.Scale && rung.Question == question.Question)
                .Select(rung => Change(
                    fit, Point(rung, fit.Law), rung.Inference, rungs.Estimate(rung.Rung), rungs.Influence(rung.Rung, leaveOneOut)));
        })),
    ];

    /// <summary>The changes of one conditional coefficient, for frames without levels to set.</summary>
    /// <param name="column">Its position.</param>
    /// <param name="conditional">Its inference with the normal law.</param>
    /// <param name="point">The coefficient as a point of the dial.</param>
    /// <param name="skipped">Receives the laws whose fit did not converge.</param>
    public List<LawChange> Coefficient(int column, Coefficient conditional, DialPoint point, List<InterceptLaw> skipped) =>
    [
        .. Fits(skipped).Select(fit =>
        {
            var influence = leaveOneOut ? new ClusterInfluence(fit.Frame.Clusters.Count, fit.Deletions) : fit.Influence();
            return Change(
                fit, point with { Setting = fit.Law.Name }, conditional, fit.Coefficients[column], influence.At(column));
        }),
    ];

    /// <summary>A rung of the ladder as a point of the dial.</summary>
    public static DialPoint Point(LadderRung rung, InterceptLaw law) => new()
    {
        Setting = law.Name,
        Rung = rung.Rung,
        Weighting = rung.Weighting,
        Scale = rung.Scale,
        Question = rung.Question,
        Inference = rung.Inference,
    };

    private LawChange Change(
        RandomInterceptFit fit, DialPoint point, Coefficient normal, double estimate, ClusterInfluence influence) => new(
            fit.Law,
            fit.LogLikelihood - glmm.LogLikelihood,
            point with
            {
                IsRefuted = fit.LogLikelihood - glmm.LogLikelihood < -options.Tolerances.RefutedLaw,
                Inference = Statistics.Inference.Coefficient.Wald(
                    normal.Term, estimate, influence.StandardError(0), normal.DegreesOfFreedom, options.Level),
            },
            normal.StandardError == 0 ? 0 : (estimate - normal.Estimate) / normal.StandardError);

    private IEnumerable<RandomInterceptFit> Fits(List<InterceptLaw> skipped)
    {
        InterceptLaw[] laws = [.. Laws(glmm.Link)];
        using var work = LongWork.Begin("laws of the random intercept", laws.Length);
        foreach (var law in work.Each(laws))
        {
            var fit = RandomInterceptFitter.FitConditional(glmm.Frame, new RandomInterceptOptions
            {
                Family = glmm.Family,
                Link = glmm.Link,
                Nodes = Math.Max(5, glmm.Nodes),
                StartingCoefficients = glmm.Coefficients.ToArray(),
                StartingStandardDeviation = glmm.RandomEffects[0].StandardDeviations[0],
                LeavesOut = leaveOneOut,
                Threads = options.Glmm.Threads,
                Tolerances = options.Tolerances.RandomIntercept,
            }, law);
            if (fit.Convergence.Converged && (!leaveOneOut || !fit.Deletions.IsEmpty))
            {
                yield return fit;
            }
            else
            {
                skipped.Add(law);
            }
        }
    }
}
