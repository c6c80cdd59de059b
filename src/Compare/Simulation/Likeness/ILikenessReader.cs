namespace MarginalConditional.Compare.Simulation.Likeness;

/// <summary>Reads fits that were kept in files, for studies whose trials are to be like them.</summary>
public interface ILikenessReader
{
    /// <summary>Reads a kept fit with the data it was made of.</summary>
    /// <param name="fit">The file of the fit.</param>
    /// <param name="data">The file of the data; null for where the fit says they are.</param>
    /// <exception cref="Data.InputException">One of them is missing, they do not belong together, or the fit is no mechanism.</exception>
    KeptLikeness Read(string fit, string? data);
}
