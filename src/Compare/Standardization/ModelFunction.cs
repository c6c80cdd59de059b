using MarginalConditional.Data.Rows;

namespace MarginalConditional.Compare.Standardization;

/// <summary>Estimates that are functions of sums over the clusters of a trial, at the parameters of a working model.</summary>
internal abstract class ModelFunction : ClusterFunction
{
    /// <summary>Keeps the model and the trial.</summary>
    /// <param name="model">The working model.</param>
    /// <param name="trial">The rows observed.</param>
    protected ModelFunction(WorkingModel model, TrialRows trial)
    {
        Model = model;
        Trial = trial;
    }

    /// <summary>The working model.</summary>
    public WorkingModel Model { get; }

    /// <summary>The rows observed.</summary>
    public TrialRows Trial { get; }

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Parameters => Model.Parameters;

    /// <inheritdoc/>
    public override Clusters Clusters => Trial.Clusters;

    /// <inheritdoc/>
    public override int ClustersSeen => Trial.ClustersSeen;
}
