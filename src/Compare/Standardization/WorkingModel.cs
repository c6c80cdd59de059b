using MarginalConditional.Compare.Influence;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Standardization;

/// <summary>
/// A fit as standardization sees it: parameters ψ, what each cluster does to them, and the marginal mean that they give a row. Immutable.
/// </summary>
public abstract class WorkingModel
{
    private protected WorkingModel(string method, ModelFrame frame, Family family, Link link, ClusterInfluence influence)
    {
        Method = method;
        Frame = frame;
        Family = family;
        Link = link;
        Influence = influence;
    }

    /// <summary>The fit's kind: <c>GEE</c>, <c>GLMM</c>.</summary>
    public string Method { get; }

    /// <summary>The rows that were fitted.</summary>
    public ModelFrame Frame { get; }

    /// <summary>The conditional distribution.</summary>
    public Family Family { get; }

    /// <summary>The link.</summary>
    public Link Link { get; }

    /// <summary>ψ̂, m values: β first.</summary>
    public abstract ReadOnlySpan<double> Parameters { get; }

    /// <summary>ψ_c, the influence of each cluster on ψ̂, K×m.</summary>
    public ClusterInfluence Influence { get; }

    /// <summary>A marginal model: the mean is g⁻¹(Xβ).</summary>
    public static WorkingModel Of(GeeInference inference)
    {
        ArgumentNullException.ThrowIfNull(inference);
        return new MarginalWorkingModel(inference);
    }

    /// <summary>A mixed model: the mean is averaged over the random effects, E_b[g⁻¹(Xβ + Zb)], less excess zeros.</summary>
    public static WorkingModel Of(GlmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return new MixedWorkingModel(fit);
    }

    /// <summary>ψ̂ − ψ₍ᵢ₎ without cluster i, by one step and no fit, K×m by rows; NaN where the rest does not identify ψ.</summary>
    public abstract double[] Deletions();

    /// <summary>ψ̂ − ψ₍ᵢ₎ by a second fit without each cluster, K×m by rows.</summary>
    public abstract double[] Refits();

    /// <summary>The model on the same rows coded under other values.</summary>
    /// <param name="design">n×p.</param>
    /// <param name="inflation">The design of excess zeros under these values; null where they have no formula.</param>
    internal abstract PredictedRows Under(DesignMatrix design, DesignMatrix? inflation);
}
