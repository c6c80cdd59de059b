using MarginalConditional.Compare.Simulation.Missingness;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>Draws trials and lets only some of their rows be seen. One a thread.</summary>
/// <remarks>What is missing is drawn after all outcomes, so the whole trial is the one that would be drawn without missing rows.</remarks>
internal sealed class ObservedTrials(IDataGenerator complete, IMissingness missingness) : IDataGenerator, IPlannedTrial
{
    private bool[] rows = [];

    /// <inheritdoc/>
    public DistinctRows? DistinctRows => (complete as IPlannedTrial)?.DistinctRows;

    /// <inheritdoc/>
    public double[]? ClusterEffects => (complete as IPlannedTrial)?.ClusterEffects;

    /// <inheritdoc/>
    public PartlySeen? Seen { get; private set; }

    /// <inheritdoc/>
    public ModelFrame Draw(RandomStream stream, int replicate)
    {
        var whole = complete.Draw(stream, replicate);
        rows = rows.Length == whole.Rows ? rows : new bool[whole.Rows];
        missingness.Observe(whole, stream, rows);
        Seen = new PartlySeen(whole, rows);
        return FrameSubset.OfRows(whole, rows);
    }
}
