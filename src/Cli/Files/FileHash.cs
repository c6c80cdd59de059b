using System.Security.Cryptography;

namespace MarginalConditional.Cli.Files;

/// <summary>What tells whether a file is still the same.</summary>
internal static class FileHash
{
    /// <summary>SHA-256 of a file, in lower-case hexadecimal digits.</summary>
    public static string Of(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
