namespace MarginalConditional.Compare.Simulation.Truths;

/// <summary>A source of data that says itself what is true, where no mechanism is known from which the library could find it.</summary>
public interface ITruthSource
{
    /// <summary>The true value of an estimand and its kind, in a word or two; null where nobody knows it.</summary>
    (double Value, string Label)? TruthOf(IEstimand estimand);
}
