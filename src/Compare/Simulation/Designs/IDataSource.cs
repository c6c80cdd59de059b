using MarginalConditional.Data.Frames;

namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>Where the data of a scenario come from. Immutable, of all threads.</summary>
public interface IDataSource
{
    /// <summary>Whether outcomes are continuous, so that no two data sets agree by chance.</summary>
    bool IsContinuous { get; }

    /// <summary>The model that methods are to fit.</summary>
    /// <param name="frame">A data set of this source; all of them have the same columns.</param>
    AnalysisModel ModelOf(ModelFrame frame);

    /// <summary>Opens a generator for one thread.</summary>
    IDataGenerator Open();
}
