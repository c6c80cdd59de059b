namespace MarginalConditional.Fuzzing;

/// <summary>A part of the program that reads what people wrote.</summary>
internal abstract class FuzzTarget
{
    /// <summary>Its name on the command line; also the key of its random numbers.</summary>
    public abstract string Name { get; }

    /// <summary>Makes an input.</summary>
    public abstract FuzzInput Make(Draws draws);

    /// <summary>
    /// The input that bytes of a fuzzer from outside stand for: the bytes themselves for what reads files and text, and the choices that
    /// make an input for the rest.
    /// </summary>
    public virtual FuzzInput Of(byte[] bytes) => Make(new Draws(bytes));
}
