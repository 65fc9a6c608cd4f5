//! What of the way to the server is encrypted, and whom it is encrypted to: `sslmode` and `sslrootcert` of an address, in the
//! sense of PostgreSQL's own programs. Unlike theirs, nothing goes to another machine in the clear unless the address says so.
//!
//! `postgres://anna@db.example.org/press?sslrootcert=/etc/press/authority.crt`

use std::error::Error as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::{
    CryptoProvider, WebPkiSupportedAlgorithms, ring, verify_tls12_signature, verify_tls13_signature,
};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::error::Distrust;
use crate::{Address, TeamError};

/// What TLS calls the protocol; servers from PostgreSQL 17 on may ask for it.
const PROTOCOL: &[u8] = b"postgresql";
/// Where PostgreSQL's own programs look for certificates of authorities, below the user's folder.
const ROOTS: &str = ".postgresql/root.crt";

/// How the way to the server is kept private.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Privacy {
    /// It stays on this machine, or the user says that the network is his own.
    Clear,
    Encrypted(Peer),
}

/// Whom an encrypted way leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Peer {
    /// Whoever answers: nobody can listen, but somebody might stand in between.
    Anybody,
    /// Whoever holds a certificate of these authorities.
    Signed(Roots),
    /// The host of the address, by such a certificate.
    Host(Roots),
}

/// Whose certificates are believed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Roots {
    /// Those of a file: authorities, or the server's own certificate.
    File(PathBuf),
    /// Those that this machine trusts.
    System,
}

/// What an address says of it.
#[derive(Default)]
pub(crate) struct Asked {
    pub(crate) mode: Option<String>,
    pub(crate) roots: Option<PathBuf>,
}

impl Privacy {
    /// Where the address says nothing, what leaves the machine is encrypted to the host and nobody else.
    pub(crate) fn of(asked: &Asked, leaves: bool) -> Result<Self, TeamError> {
        let own = || asked.roots.clone().or_else(users_roots);
        let roots = || match own() {
            Some(path) if path.as_os_str() == "system" => Roots::System,
            Some(path) => Roots::File(path),
            None => Roots::System,
        };
        Ok(match asked.mode.as_deref() {
            None if !leaves && asked.roots.is_none() => Self::Clear,
            None | Some("verify-full") => Self::Encrypted(Peer::Host(roots())),
            Some("disable") => Self::Clear,
            // as PostgreSQL's programs have it: whose authority is known is asked for it
            Some("require") => Self::Encrypted(match own() {
                None => Peer::Anybody,
                Some(_) => Peer::Signed(roots()),
            }),
            Some("verify-ca") => Self::Encrypted(Peer::Signed(roots())),
            Some(weak @ ("allow" | "prefer")) => return Err(TeamError::Weak(weak.to_owned())),
            Some(other) => return Err(TeamError::SslMode(other.to_owned())),
        })
    }
}

fn users_roots() -> Option<PathBuf> {
    let home = std::env::var_os("HOME").filter(|home| !home.is_empty())?;
    let path = Path::new(&home).join(ROOTS);
    path.is_file().then_some(path)
}

/// # Errors
/// When the certificates that are to be believed cannot be read.
pub(crate) fn connector(peer: &Peer) -> Result<MakeRustlsConnect, TeamError> {
    let provider = Arc::new(ring::default_provider());
    let verifier = Arc::new(Verifier::of(peer, &provider)?);
    let config =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.expect("the provider knows TLS 1.2 and 1.3");
    let mut config = config
        .dangerous() // no certificate is believed but by the verifier
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth();
    config.alpn_protocols = vec![PROTOCOL.to_vec()];
    Ok(MakeRustlsConnect::new(config))
}

/// Believes a certificate as far as the address asks for.
#[derive(Debug)]
struct Verifier {
    asks: Asks,
    roots: RootCertStore,
    /// Certificates that stand in the file itself: a server that makes its own has no authority above it.
    own: Vec<CertificateDer<'static>>,
    algorithms: WebPkiSupportedAlgorithms,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Asks {
    Nothing,
    Signature,
    Host,
}

impl Verifier {
    fn of(peer: &Peer, provider: &CryptoProvider) -> Result<Self, TeamError> {
        let (asks, roots) = match peer {
            Peer::Anybody => (Asks::Nothing, None),
            Peer::Signed(roots) => (Asks::Signature, Some(roots)),
            Peer::Host(roots) => (Asks::Host, Some(roots)),
        };
        let own = match roots {
            Some(Roots::File(path)) => certificates(path)?,
            Some(Roots::System) | None => Vec::new(),
        };
        let mut store = RootCertStore::empty();
        store.add_parsable_certificates(own.iter().cloned());
        if roots == Some(&Roots::System) {
            store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
        Ok(Self {
            asks,
            roots: store,
            own,
            algorithms: provider.signature_verification_algorithms,
        })
    }
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, TeamError> {
    let unread = |why: String| TeamError::Roots {
        path: path.display().to_string(),
        why,
    };
    let found = CertificateDer::pem_file_iter(path).map_err(|error| unread(error.to_string()))?;
    let found: Result<Vec<_>, _> = found.collect();
    let found = found.map_err(|error| unread(error.to_string()))?;
    match found.is_empty() {
        true => Err(unread("there is no certificate in it".to_owned())),
        false => Ok(found),
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        host: &ServerName<'_>,
        _ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if self.asks == Asks::Nothing {
            return Ok(ServerCertVerified::assertion());
        }
        let parsed = ParsedCertificate::try_from(certificate)?;
        let algorithms = self.algorithms.all;
        let signed = verify_server_cert_signed_by_trust_anchor(
            &parsed,
            &self.roots,
            intermediates,
            now,
            algorithms,
        );
        match signed {
            Err(error) if is_untimely(&error) => return Err(error),
            // most of those are made as authorities, and as such may not stand for a server
            Err(_) if self.own.contains(certificate) => {}
            // whatever a chain to nobody breaks off by
            Err(Error::InvalidCertificate(CertificateError::Other(_))) => {
                return Err(CertificateError::UnknownIssuer.into());
            }
            other => other?,
        }
        if self.asks == Asks::Host {
            verify_server_name(&parsed, host)?;
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signed, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signed, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

/// The time is looked at before anything else, so no other error hides this one.
fn is_untimely(error: &Error) -> bool {
    use CertificateError::{BadEncoding, Expired, ExpiredContext, NotValidYet, NotValidYetContext};
    matches!(
        error,
        Error::InvalidCertificate(
            BadEncoding | Expired | ExpiredContext { .. } | NotValidYet | NotValidYetContext { .. }
        )
    )
}

/// What kept an encrypted connection from being made, if that was it.
pub(crate) fn refused(address: &Address, error: &postgres::Error) -> Option<TeamError> {
    let server = address.server.clone();
    let source = error.source()?;
    if source.to_string() == "server does not support TLS" {
        return Some(TeamError::NoTls(server));
    }
    let told = source.downcast_ref::<std::io::Error>()?.get_ref()?;
    let why = match told.downcast_ref::<Error>()? {
        Error::InvalidCertificate(why) => distrust(why),
        other => Distrust::Other(other.to_string()),
    };
    Some(TeamError::Distrusted { server, why })
}

fn distrust(why: &CertificateError) -> Distrust {
    match why {
        CertificateError::UnknownIssuer => Distrust::Stranger,
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => Distrust::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            Distrust::Early
        }
        CertificateError::NotValidForName => Distrust::OtherHost(Vec::new()),
        CertificateError::NotValidForNameContext { presented, .. } => {
            Distrust::OtherHost(presented.iter().map(|name| bare(name)).collect())
        }
        other => Distrust::Other(other.to_string()),
    }
}

/// `DnsName("db.example.org")` → `db.example.org`
fn bare(name: &str) -> String {
    let inner = name.split_once('(').map_or(name, |(_, inner)| inner);
    let inner = inner.trim_end_matches(')').trim_matches('"');
    inner.chars().filter(|sign| !sign.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(mode: Option<&str>, roots: Option<&str>, leaves: bool) -> Result<Privacy, TeamError> {
        let asked = Asked {
            mode: mode.map(str::to_owned),
            roots: roots.map(PathBuf::from),
        };
        Privacy::of(&asked, leaves)
    }

    #[test]
    fn what_leaves_the_machine_is_encrypted_to_its_host_unless_told_otherwise() {
        assert_eq!(of(None, None, false).unwrap(), Privacy::Clear);
        assert_eq!(of(Some("disable"), None, true).unwrap(), Privacy::Clear);
        let file = || Roots::File(PathBuf::from("a.crt"));
        for (mode, leaves) in [(None, true), (None, false), (Some("verify-full"), false)] {
            let found = of(mode, Some("a.crt"), leaves).unwrap();
            assert_eq!(found, Privacy::Encrypted(Peer::Host(file())), "{mode:?}");
        }
        for mode in ["verify-ca", "require"] {
            let found = of(Some(mode), Some("a.crt"), true).unwrap();
            assert_eq!(found, Privacy::Encrypted(Peer::Signed(file())), "{mode}");
        }
        let system = of(Some("verify-full"), Some("system"), true).unwrap();
        assert_eq!(system, Privacy::Encrypted(Peer::Host(Roots::System)));
        for weak in ["allow", "prefer"] {
            assert!(matches!(
                of(Some(weak), None, false),
                Err(TeamError::Weak(_))
            ));
        }
        assert!(matches!(
            of(Some("on"), None, true),
            Err(TeamError::SslMode(_))
        ));
    }

    #[test]
    fn names_of_certificates_stand_bare() {
        assert_eq!(bare("DnsName(\"db.example.org\")"), "db.example.org");
        assert_eq!(bare("IpAddress(127.0.0.1)"), "127.0.0.1");
    }
}
