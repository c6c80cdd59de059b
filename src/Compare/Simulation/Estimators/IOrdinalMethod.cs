namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>A method of the library that has a meaning for an ordered outcome; <see cref="Takes"/> says which.</summary>
internal interface IOrdinalMethod
{
    /// <summary>Whether it has one for ordered outcomes, or else for all others.</summary>
    bool Takes(bool ordered);
}
