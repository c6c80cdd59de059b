using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Intercept;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;
using MarginalConditional.Statistics.Quadrature;

namespace MarginalConditional.Compare.RandomIntercept;

/// <summary>Fits models with one random intercept by maximum likelihood: Newton's method with Louis' information. Stateless.</summary>
/// <example>
/// <code>
/// using MarginalConditional.Compare.RandomIntercept;
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Statistics.Families;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(data, new FrameRequest { Formula = FormulaParser.Parse("y ~ arm + (1 | site)") });
/// Console.WriteLine(RandomInterceptFitter.FitMarginalized(frame, new RandomInterceptOptions { Family = Family.Binomial }));
/// </code>
/// </example>
public static class RandomInterceptFitter
{
    /// <summary>
    /// Heagerty's marginalized multilevel model: a regression of the marginal mean, the association by a normal random intercept.
    /// </summary>
    /// <remarks>
    /// Heagerty 1999: g(E y) = Xβ and g(E[y | b]) = Δ + b with b ~ N(0, σ²), Δ from the first. β is marginal, the estimator is maximum
    /// likelihood, so it stays valid when dropout depends on outcomes seen before, if the association is right.
    /// </remarks>
    public static RandomInterceptFit FitMarginalized(
        ModelFrame frame, RandomInterceptOptions options, CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        return Fit(frame, options, InterceptLaw.Normal, isMarginal: true, groups: null);
    }

    /// <summary>A conditional model, g(E[y | b]) = Xβ + b, with an intercept of any law.</summary>
    /// <param name="frame">Design, response and clusters.</param>
    /// <param name="options">Family, link, starting values, nodes.</param>
    /// <param name="law">The law of the intercept; its marginal means are <see cref="RandomInterceptFit.Means"/>.</param>
    /// <param name="cancellation">Ends the work, as <see cref="CancellationScope"/> says.</param>
    public static RandomInterceptFit FitConditional(
        ModelFrame frame, RandomInterceptOptions options, InterceptLaw law, CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        return Fit(frame, options, law, isMarginal: false, groups: null);
    }

    /// <summary>
    /// A conditional logit model with a bridge-distributed intercept (Wang and Louis 2003), whose marginal coefficients are φβ exactly.
    /// </summary>
    public static RandomInterceptFit FitBridge(
        ModelFrame frame, RandomInterceptOptions options, CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        return FitConditional(frame, options, InterceptLaw.Bridge);
    }

    /// <summary>A conditional model whose normal intercept has a standard deviation of its own in each group of clusters.</summary>
    /// <param name="frame">Design, response and clusters.</param>
    /// <param name="options">Family, link, starting values, nodes.</param>
    /// <param name="groups">The group of each cluster, 0 … G − 1.</param>
    /// <param name="cancellation">Ends the work, as <see cref="CancellationScope"/> says.</param>
    public static RandomInterceptFit FitByGroup(
        ModelFrame frame, RandomInterceptOptions options, IReadOnlyList<int> groups, CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        ArgumentNullException.ThrowIfNull(groups);
        return Fit(frame, options, InterceptLaw.Normal, isMarginal: false, groups);
    }

    private static RandomInterceptFit Fit(
        ModelFrame frame, RandomInterceptOptions options, InterceptLaw law, bool isMarginal, IReadOnlyList<int>? groups)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Nodes, 5);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Nodes, GaussHermiteRule.MaximumNodes);
        var model = new InterceptModel(frame, options.Family, options.EffectiveLink, law, isMarginal, options.Threads, groups);
        var m = model.ParameterCount;
        var start = new double[m];
        options.StartingCoefficients.ToArray().CopyTo(start, 0);
        start.AsSpan(m - model.Deviations).Fill(options.StartingStandardDeviation);
        var scores = new double[model.Clusters * m];
        var informations = options.LeavesOut ? new double[scores.Length * m] : [];
        var (climb, convergence) = ClimbWithEnoughNodes(model, options, model.ToScaled(start), scores, informations);
        var covariance = new double[m * m];
        var deletions = Array.Empty<double>();
        if (Cholesky.TryInvert(climb.FinalInformation, m, new double[m * m], covariance))
        {
            deletions = options.LeavesOut ? Deletions(model, covariance, informations, scores) : [];
            covariance = model.CovarianceToData(covariance);
        }
        else
        {
            Array.Fill(covariance, double.NaN);
        }

        model.ScoresToData(scores);
        return new RandomInterceptFit(frame, model.ToData(climb.Parameters), covariance, scores, deletions)
        {
            Law = law,
            Link = options.EffectiveLink,
            IsMarginal = isMarginal,
            LogLikelihood = climb.Value,
            Nodes = climb.Likelihood.Nodes,
            Convergence = convergence,
        };
    }

    /// <summary>What leaving each cluster out does to the parameters, in the data's units, K×m by rows.</summary>
    private static double[] Deletions(InterceptModel model, double[] covariance, double[] informations, double[] scores)
    {
        var m = model.ParameterCount;
        var changes = LeaveOneOut.Changes(covariance, informations, scores, m - model.Deviations);
        for (var start = 0; start < changes.Length; start += m)
        {
            model.ToData(changes.AsSpan(start, m)).CopyTo(changes, start);
        }

        return changes;
    }

    /// <summary>
    /// Climbs, looks from the maximum how far away that with more nodes is, and goes on with them while it is too far, unless a standard
    /// deviation grows without bound with both. Leaves the clusters' scores and informations at the maximum, those of more nodes where
    /// there was a look.
    /// </summary>
    private static (RandomInterceptClimb Climb, Convergence Convergence) ClimbWithEnoughNodes(
        InterceptModel model, RandomInterceptOptions options, double[] start, double[] scores, double[] informations)
    {
        var tolerances = options.Tolerances;
        var m = model.ParameterCount;
        var (gradient, information) = (new double[m], new double[m * m]);
        var likelihood = model.Open(options.Nodes);
        var ranAway = false;
        while (true)
        {
            var climb = new RandomInterceptClimb(likelihood, m, model.Deviations, tolerances);
            var convergence = climb.Climb(start, options.MaximumIterations, tolerances.Distance);
            var finer = Finer(model, likelihood);
            finer.Evaluate(climb.Parameters, gradient, information, scores, informations);
            if (finer.Nodes == likelihood.Nodes || (ranAway && climb.RanAway)
                || Distance(gradient, climb.FinalInformation) <= tolerances.Nodes)
            {
                return (climb, convergence);
            }

            (likelihood, start, ranAway) = (finer, climb.Parameters, climb.RanAway);
        }
    }

    /// <summary>A likelihood with half as many nodes again, the same one when there are no more.</summary>
    private static InterceptLikelihood Finer(InterceptModel model, InterceptLikelihood likelihood)
    {
        var nodes = Math.Min(GaussHermiteRule.MaximumNodes, likelihood.Nodes + Math.Max(4, (likelihood.Nodes + 1) / 2));
        if (nodes == likelihood.Nodes || model.Law.IsDiscrete)
        {
            return likelihood;
        }

        var finer = model.Open(nodes);
        finer.StartAt(likelihood);
        return finer;
    }

    /// <summary>√(gᵀH⁻¹g); 0 where that cannot be said.</summary>
    private static double Distance(double[] gradient, ReadOnlySpan<double> information)
    {
        var m = gradient.Length;
        var inverse = new double[m * m];
        return Cholesky.TryInvert(information, m, new double[m * m], inverse)
            ? Math.Sqrt(Math.Max(0, Dense.QuadraticForm(inverse, gradient)))
            : 0;
    }
}
