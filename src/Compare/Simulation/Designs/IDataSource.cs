namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>Where the data of a scenario come from. Immutable, of all threads.</summary>
public interface IDataSource
{
    /// <summary>The model that methods are to fit.</summary>
    AnalysisModel Model { get; }

    /// <summary>Opens a generator for one thread.</summary>
    IDataGenerator Open();
}
