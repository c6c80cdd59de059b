namespace MarginalConditional.Fuzzing;

/// <summary>A part of the program that reads what people wrote.</summary>
internal abstract class FuzzTarget
{
    /// <summary>Its name on the command line; also the key of its random numbers.</summary>
    public abstract string Name { get; }

    /// <summary>Makes an input.</summary>
    public abstract FuzzInput Make(Draws draws);
}
