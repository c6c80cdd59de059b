using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Rows;

namespace MarginalConditional.Compare.Estimands;

/// <summary>Standardized means by g-computation: what the outcome's mean would be if every row of the data had a given treatment.</summary>
/// <remarks>
/// θ_a = Σ wᵢ μᵢ(a), with influence φ_c = Σ_{i∈c} wᵢ(μᵢ(a) − θ_a) + D_a φ_c(ψ) (Tsiatis 2006; Daniel, Zhang and Farewell 2021): the rows
/// are a sample too, so the first term is kept. Immutable.
/// </remarks>
public sealed class StandardizedMeans
{
    private readonly double[] means;

    internal StandardizedMeans(
        string treatment,
        IReadOnlyList<string> levels,
        ClusterWeighting weighting,
        double[] means,
        ClusterInfluence influence)
    {
        Treatment = treatment;
        Levels = [.. levels];
        Weighting = weighting;
        this.means = means;
        Influence = influence;
    }

    /// <summary>The variable that is set.</summary>
    public string Treatment { get; }

    /// <summary>Its values, the reference first.</summary>
    public IReadOnlyList<string> Levels { get; }

    /// <summary>Whom the means average over.</summary>
    public ClusterWeighting Weighting { get; }

    /// <summary>θ_a for each level, response scale.</summary>
    public ReadOnlySpan<double> Means => means;

    /// <summary>φ_c of the means, K×levels.</summary>
    public ClusterInfluence Influence { get; }

    /// <summary>Computes the means under each level.</summary>
    /// <param name="model">A fit.</param>
    /// <param name="treatment">The variable to set.</param>
    /// <param name="levels">Its values, the reference first.</param>
    /// <param name="weighting">Whom to average over.</param>
    public static StandardizedMeans Compute(
        PredictionModel model,
        string treatment,
        IReadOnlyList<string> levels,
        ClusterWeighting weighting)
    {
        ArgumentNullException.ThrowIfNull(model);
        var recipe = model.Frame.Recipe
            ?? throw new ArgumentException("Standardization needs a frame that was built from a data set.", nameof(model));
        return Compute(model, treatment, levels, weighting, level => recipe.With(treatment, level));
    }

    /// <summary>Computes the means under each level, with designs the caller makes.</summary>
    /// <param name="model">A fit.</param>
    /// <param name="treatment">The variable's name, for display.</param>
    /// <param name="levels">Its values, the reference first.</param>
    /// <param name="weighting">Whom to average over.</param>
    /// <param name="design">The frame's rows with the variable set to a level.</param>
    public static StandardizedMeans Compute(
        PredictionModel model,
        string treatment,
        IReadOnlyList<string> levels,
        ClusterWeighting weighting,
        Func<string, DesignMatrix> design)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(levels);
        ArgumentNullException.ThrowIfNull(weighting);
        ArgumentNullException.ThrowIfNull(design);
        var clusters = model.Frame.Clusters;
        var shares = weighting.Shares(clusters, ConditionalModel.CountOf(model.Frame));
        var averages = new double[levels.Count];
        var gradients = new double[levels.Count * model.Influence.Estimates];
        var own = new double[clusters.Count * levels.Count];
        for (var a = 0; a < levels.Count; a++)
        {
            var rows = model.Means(design(levels[a]), shares, gradients.AsSpan(a * model.Influence.Estimates, model.Influence.Estimates));
            for (var i = 0; i < rows.Length; i++)
            {
                averages[a] += shares[i] * rows[i];
            }

            for (var c = 0; c < clusters.Count; c++)
            {
                for (var i = clusters.Start(c); i < clusters.Start(c + 1); i++)
                {
                    own[(c * levels.Count) + a] += shares[i] * (rows[i] - averages[a]);
                }
            }
        }

        var influence = model.Influence.Transform(gradients, levels.Count).Plus(new ClusterInfluence(clusters.Count, own));
        return new StandardizedMeans(treatment, levels, weighting, averages, influence);
    }
}
