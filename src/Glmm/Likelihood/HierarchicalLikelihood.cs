namespace MarginalConditional.Glmm.Likelihood;

/// <summary>A likelihood over nested groupings that visits every top-level group once an evaluation: the scores and posterior modes are gathered on the way.</summary>
internal abstract class HierarchicalLikelihood(Hierarchy hierarchy) : MarginalLikelihood
{
    /// <inheritdoc/>
    public override bool HasInformation => false;

    /// <inheritdoc/>
    public override int Clusters => Hierarchy.Levels[0].GroupCount;

    /// <summary>The groupings, coarsest first.</summary>
    protected Hierarchy Hierarchy { get; } = hierarchy;

    /// <summary>Where an evaluation writes each cluster's gradient, clusters×m by row; null when nobody asked.</summary>
    protected double[]? WantedScores { get; private set; }

    /// <summary>Where an evaluation writes the modes of every level; null when nobody asked.</summary>
    protected IReadOnlyList<PosteriorModes>? WantedModes { get; private set; }

    /// <inheritdoc/>
    public override void ClusterScores(ReadOnlySpan<double> parameters, Span<double> scores)
    {
        WantedScores = new double[Clusters * ParameterCount];
        Evaluate(parameters, EvaluationNeeds.Gradient, scores[..ParameterCount], []);
        WantedScores.CopyTo(scores);
        WantedScores = null;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<PosteriorModes> Posterior(ReadOnlySpan<double> parameters)
    {
        var result = Hierarchy.Levels.Select(level => new PosteriorModes(level.GroupCount, level.Factor.Dimension)).ToArray();
        WantedModes = result;
        Evaluate(parameters, EvaluationNeeds.Value, [], []);
        WantedModes = null;
        return result;
    }
}
